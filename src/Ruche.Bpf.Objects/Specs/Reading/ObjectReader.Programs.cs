// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Specs.Reading;

internal sealed partial class ObjectReader
{
    private ImmutableArray<ProgramSpec> ReadPrograms(IReadOnlyDictionary<string, FunctionSpec> functions)
    {
        var programs = ImmutableArray.CreateBuilder<ProgramSpec>();
        foreach (var section in _code.Values)
        {
            if (section.Section.Name != TextSection) AddPrograms(section, functions, programs);
        }

        // An object of nothing but .text: its functions are the programs, of a type that the user must choose.
        if (programs.Count == 0 && _code.Values.FirstOrDefault(c => c.Section.Name == TextSection) is { } text)
            AddPrograms(text, functions, programs);
        FillProgramArrays(programs);
        return programs.DrainToImmutable();
    }

    // Local functions beside a global one are its callees; alone they were meant as programs.
    private static void AddPrograms(
        CodeSection section, IReadOnlyDictionary<string, FunctionSpec> functions, ImmutableArray<ProgramSpec>.Builder programs)
    {
        bool hasGlobal = section.Functions.Any(f => !f.IsLocal);
        var match = SectionNames.Match(section.Section.Name);
        foreach (var function in section.Functions)
        {
            if (hasGlobal && function.IsLocal) continue;
            programs.Add(new()
            {
                Name = function.Name,
                Section = section.Section.Name,
                Entry = functions[function.Name],
                Type = match.Definition?.Type ?? ProgramType.Unspec,
                AttachType = match.Definition?.AttachType,
                IsAttachTypeOptional = match.Definition?.IsAttachTypeOptional ?? false,
                Attach = match.Definition?.Attach ?? AttachKind.None,
                AttachTarget = match.Target,
                Flags = match.Definition?.Flags ?? ProgramFlags.None,
                AutoLoad = match.AutoLoad,
            });
        }
    }

    // iproute2 fills program arrays by section names: 3/7 is entry 7 of the map with id 3, of the type of the program that jumps there.
    private void FillProgramArrays(ImmutableArray<ProgramSpec>.Builder programs)
    {
        var types = programs.Where(p => p.Type is not ProgramType.Unspec).Select(p => p.Type).Distinct().Take(2).ToList();
        for (int i = 0; i < programs.Count; i++)
        {
            string[] parts = programs[i].Section.Split('/');
            if (parts.Length != 2 || !TryParse(parts[0], out uint id) || !TryParse(parts[1], out uint key)) continue;
            if (!_mapWithId.TryGetValue(id, out string? name)) continue;
            if (types.Count == 1) programs[i] = programs[i] with { Type = types[0] };
            int map = _maps.FindIndex(m => m.Name == name);
            if (_maps[map].Type is MapType.ProgArray)
                _maps[map] = _maps[map] with { Slots = _maps[map].Slots.Add(new(key, programs[i].Name)) };
        }
    }

    private static bool TryParse(string text, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
