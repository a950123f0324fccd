// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Linking;

public sealed partial class ObjectLinker
{
    /// <summary>For each object, what its functions are called in the result; those that gave way have the winner's name.</summary>
    private readonly List<Dictionary<string, string>> _functionNames = [];

    /// <summary>The object that provides each visible function.</summary>
    private readonly Dictionary<string, int> _providers = new(StringComparer.Ordinal);

    private static bool IsVisible(FunctionSpec function) => function.IsGlobal || function.IsHidden;

    private void NameFunctions()
    {
        for (int i = 0; i < _objects.Length; i++)
        {
            foreach (var function in _objects[i].Functions.Values.Where(IsVisible).OrderBy(f => f.Name, StringComparer.Ordinal)) Provide(i, function);
        }

        HashSet<string> used = new(_providers.Keys, StringComparer.Ordinal);
        foreach (var spec in _objects)
        {
            Dictionary<string, string> names = new(StringComparer.Ordinal);
            foreach (var function in spec.Functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal))
            {
                string name = function.Name;
                for (int n = 1; !IsVisible(function) && !used.Add(name); n++) name = $"{function.Name}.{n}";
                names.Add(function.Name, name);
            }

            _functionNames.Add(names);
        }
    }

    private void Provide(int index, FunctionSpec function)
    {
        if (!_providers.TryGetValue(function.Name, out int present))
        {
            _providers.Add(function.Name, index);
            return;
        }

        bool wasWeak = _objects[present].Functions[function.Name].IsWeak;
        if (!wasWeak && !function.IsWeak) Duplicate("function", function.Name, _objects[present], _objects[index]);
        if (wasWeak && !function.IsWeak) _providers[function.Name] = index;
    }

    private bool IsKept(int index, FunctionSpec function) => !IsVisible(function) || _providers[function.Name] == index;

    private Dictionary<string, FunctionSpec> MergeFunctions()
    {
        Dictionary<string, FunctionSpec> functions = new(StringComparer.Ordinal);
        for (int i = 0; i < _objects.Length; i++)
        {
            foreach (var function in _objects[i].Functions.Values)
            {
                if (!IsKept(i, function)) continue;
                string name = _functionNames[i][function.Name];
                functions.Add(name, Move(i, function) with { Name = name });
            }
        }

        return functions;
    }

    private FunctionSpec Move(int index, FunctionSpec function) => function with
    {
        Type = TypeOf(index, function.Type),
        References = [.. function.References.Select(r => Move(index, r, function))],
        CoreRelocations = [.. function.CoreRelocations.Select(r => r with { Type = TypeOf(index, r.Type) })],
        Lines = _types is null ? [] : [.. function.Lines.Select(l => l with { File = StringOf(index, l.File), Text = StringOf(index, l.Text) })],
    };

    private Reference Move(int index, Reference reference, FunctionSpec function) => reference switch
    {
        Reference.Call x => x with { Name = _functionNames[index].GetValueOrDefault(x.Name, x.Name) },
        Reference.FunctionAddress x => x with { Name = _functionNames[index].GetValueOrDefault(x.Name, x.Name) },
        Reference.MapValue x => MoveValue(index, x),
        Reference.KernelVariable x => Find(index, x, function.Instructions[x.Slot]),
        _ => reference,
    };

    /// <summary>What a declared variable turned out to be: a map, a variable of another object, or still unknown.</summary>
    private Reference Find(int index, Reference.KernelVariable reference, Instruction instruction)
    {
        var declared = _objects[index].Externs.FirstOrDefault(e => e.Name == reference.Name);
        if (declared?.Kind is not ExternKind.Variable) return reference;
        if (_mapNames.Contains(reference.Name)) return new Reference.Map(reference.Slot, reference.Name);
        return _globals.TryGetValue(reference.Name, out var global) && !global.IsStatic
            ? new Reference.MapValue(reference.Slot, global.Map, global.Offset + instruction.Immediate)
            : reference;
    }

    private ImmutableArray<ProgramSpec> MergePrograms(Dictionary<string, FunctionSpec> functions)
    {
        var programs = ImmutableArray.CreateBuilder<ProgramSpec>();
        for (int i = 0; i < _objects.Length; i++)
        {
            foreach (var program in _objects[i].Programs)
            {
                if (!IsKept(i, program.Entry) || IsLibrary(i)) continue;
                string name = _functionNames[i][program.Entry.Name];
                programs.Add(program with { Name = name, Entry = functions[name] });
            }
        }

        return programs.DrainToImmutable();
    }

    // Beside objects with programs, one of nothing but .text is a library: its functions are there to be called.
    private bool IsLibrary(int index) =>
        _objects[index].Programs.All(p => p.Section == ".text") && _objects.Any(o => o.Programs.Any(p => p.Section != ".text"));
}
