// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>The program in blocks that run from their first instruction to their last, and what comes before and after each.</summary>
internal sealed class BlockGraph
{
    private readonly int[] _starts;
    private readonly int[] _first;
    private readonly int[] _second;
    private readonly int[] _predecessorsOf;
    private readonly int[] _predecessors;

    private BlockGraph(int[] starts, int[] first, int[] second)
    {
        (_starts, _first, _second) = (starts, first, second);
        _predecessorsOf = new int[Count + 1];
        for (int block = 0; block < Count; block++)
        {
            if (first[block] >= 0) _predecessorsOf[first[block]]++;
            if (second[block] >= 0) _predecessorsOf[second[block]]++;
        }

        for (int block = 1; block <= Count; block++) _predecessorsOf[block] += _predecessorsOf[block - 1];
        _predecessors = new int[_predecessorsOf[Count]];
        for (int block = 0; block < Count; block++)
        {
            if (first[block] >= 0) _predecessors[--_predecessorsOf[first[block]]] = block;
            if (second[block] >= 0) _predecessors[--_predecessorsOf[second[block]]] = block;
        }
    }

    /// <summary>How many blocks there are, in the order of their slots.</summary>
    public int Count => _first.Length;

    public static BlockGraph Of(DecodedInstruction[] code, CodeLayout layout)
    {
        int[] blockOf = new int[code.Length + 1];
        int count = 0;
        bool isBehindJump = true;
        for (int slot = 0; slot < code.Length; slot = layout.Next(slot))
        {
            if (isBehindJump || layout.IsTarget(slot) || layout.IsFunction(slot)) count++;
            blockOf[slot] = count - 1;
            isBehindJump = CodeLayout.IsJump(code[slot].Operation) || !CodeLayout.FallsThrough(code[slot].Operation);
        }

        int[] starts = new int[count + 1], first = new int[count], second = new int[count];
        starts[count] = code.Length;
        int last = -1;
        for (int slot = 0; slot < code.Length; slot = layout.Next(slot))
        {
            int block = blockOf[slot];
            if (block != last) starts[block] = slot;
            last = block;
            int next = layout.Next(slot);
            var operation = code[slot].Operation;
            first[block] = CodeLayout.FallsThrough(operation) && next < code.Length ? blockOf[next] : -1;
            second[block] = CodeLayout.IsJump(operation) ? blockOf[code[slot].Target] : -1;
        }

        return new(starts, first, second);
    }

    /// <summary>The slots of a block: from the first up to, but not including, the second.</summary>
    public (int Start, int End) Slots(int block) => (_starts[block], _starts[block + 1]);

    /// <summary>The blocks that may run next: that behind it and that jumped to, -1 for none.</summary>
    public (int Behind, int Target) Successors(int block) => (_first[block], _second[block]);

    /// <summary>The blocks that may have run before.</summary>
    public ReadOnlySpan<int> Predecessors(int block) => _predecessors.AsSpan(_predecessorsOf[block].._predecessorsOf[block + 1]);
}
