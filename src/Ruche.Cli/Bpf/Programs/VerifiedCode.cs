// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Types;
using Ruche.Cli.Bpf.Code;

namespace Ruche.Cli.Bpf.Programs;

/// <summary>Reads the code that the verifier made of a program, with all the kernel knows about where it came from.</summary>
internal static class VerifiedCode
{
    /// <summary>Describes code that was read from the program.</summary>
    public static CodeSource Describe(BpfProgram program, ImmutableArray<Instruction> code)
    {
        ProgramDebugInfo debug = program.ReadDebugInfo();
        BtfSpec? types = TypesOf(program.GetInfo().BtfId);
        code = [.. code.Select(WithDistance)];
        IReadOnlyDictionary<int, string> symbols = Symbols(code);
        return new(code, debug.Lines, FunctionNames.Prototypes(debug.Functions, types), types)
        {
            Symbol = slot => symbols.GetValueOrDefault(slot),
            MapsAreIds = true,
        };
    }

    /// <summary>The types of a program, by their id; null when there are none.</summary>
    public static BtfSpec? TypesOf(uint id)
    {
        using LoadedTypes? types = id == 0 ? null : LoadedTypes.TryOpenById(id);
        return types?.Read();
    }

    // Of a compiled program the kernel keeps the distance of a local call in its offset, and the function's index in its place.
    private static Instruction WithDistance(Instruction slot) => slot.IsLocalCall && slot.Offset != 0 ? slot.WithImmediate(slot.Offset).WithOffset(0) : slot;

    private static Dictionary<int, string> Symbols(ImmutableArray<Instruction> code)
    {
        var calls = Slots(code, slot => slot.IsHelperCall && HelperNames.NameOf((Ruche.Bpf.Objects.Uapi.HelperId)slot.Immediate) is null).ToList();
        Dictionary<int, string> functions = KernelSymbols.AtDistances(calls.Select(at => code[at].Immediate).ToHashSet());
        Dictionary<int, string> symbols = new();
        foreach (int at in calls)
            if (functions.TryGetValue(code[at].Immediate, out string? name)) symbols[at] = name;
        foreach (int at in Slots(code, slot => slot.IsWide && slot.WideSource is WideSource.MapDescriptor or WideSource.MapValue))
        {
            using BpfMap? map = BpfMap.TryOpenById((uint)code[at].Immediate);
            if (map is { Name.Length: > 0 }) symbols[at] = map.Name;
        }

        return symbols;
    }

    private static IEnumerable<int> Slots(ImmutableArray<Instruction> code, Func<Instruction, bool> fits) => Enumerable.Range(0, code.Length).Where(at => fits(code[at]));
}
