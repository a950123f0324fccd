// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Specs.Reading;

/// <summary>One section of code, and where its functions start.</summary>
internal sealed class CodeSection(ElfSection section, Instruction[] code, IReadOnlyList<ElfRelocation> relocations)
{
    private readonly Dictionary<int, FunctionStart> _starts = [];
    private int[] _slots = [];

    public ElfSection Section { get; } = section;

    public Instruction[] Code { get; } = code;

    public IReadOnlyList<ElfRelocation> Relocations { get; } = relocations;

    /// <summary>All functions, in slot order.</summary>
    public IReadOnlyList<FunctionRange> Functions { get; private set; } = [];

    /// <summary>Notes a function; of several names for one place the first that is global stays.</summary>
    public void Add(int slot, FunctionStart start)
    {
        if (_starts.TryGetValue(slot, out var present) && (!present.IsLocal || start.IsLocal)) return;
        _starts[slot] = start;
    }

    public bool IsStart(int slot) => _starts.ContainsKey(slot);

    /// <summary>Cuts the section at the starts; <paramref name="unique"/> makes names unique in the object.</summary>
    public void Cut(Func<string, string> unique)
    {
        List<FunctionRange> ranges = [];
        _slots = [.. _starts.Keys.Order()];
        foreach (int slot in _slots)
        {
            var start = _starts[slot];
            if (ranges.Count > 0) ranges[^1] = ranges[^1] with { Count = slot - ranges[^1].Start };
            ranges.Add(new(unique(start.Name), start.Name, slot, Code.Length - slot, start.IsLocal, start.IsHidden, start.IsWeak));
        }

        Functions = ranges;
    }

    /// <summary>The function a slot belongs to.</summary>
    public FunctionRange FunctionAt(int slot)
    {
        int index = Array.BinarySearch(_slots, slot);
        return Functions[index >= 0 ? index : ~index - 1];
    }

    /// <summary>The function that starts at a slot.</summary>
    public bool TryGetFunction(long slot, [NotNullWhen(true)] out FunctionRange? function)
    {
        int index = slot is < 0 or > int.MaxValue ? -1 : Array.BinarySearch(_slots, (int)slot);
        function = index >= 0 ? Functions[index] : null;
        return function is not null;
    }
}
