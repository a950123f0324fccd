// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Code;

/// <summary>The functions of a program: where they begin, and which may be called from outside.</summary>
internal sealed class FunctionTable
{
    private readonly int[] _starts;
    private readonly HashSet<int> _taken = [];
    private readonly int _end;

    public FunctionTable(DecodedInstruction[] code, int? handler)
    {
        SortedSet<int> starts = [0];
        foreach (var instruction in code)
        {
            CallsFunctions |= instruction.Operation is Operation.CallLocal or Operation.CallRegister or Operation.TailCall;
            if (instruction.Operation is Operation.CallLocal) starts.Add(instruction.Target);
            if (FunctionAddresses.IsTakenBy(instruction) && FunctionAddresses.SlotOf((ulong)instruction.Immediate, code.Length) is { } slot) _taken.Add(slot);
        }

        if (handler is { } start) _taken.Add(start);
        CallsFunctions |= _taken.Count > 0;
        starts.UnionWith(_taken);
        (_starts, _end) = ([.. starts], code.Length);
    }

    /// <summary>Whether more than one function may be running at a time.</summary>
    public bool CallsFunctions { get; }

    /// <summary>Where the function of an address begins; null when the program has not taken that address.</summary>
    public int? At(ulong address) => FunctionAddresses.SlotOf(address, _end) is { } slot && _taken.Contains(slot) ? slot : null;

    /// <summary>How many slots the function has that begins there.</summary>
    public int LengthOf(int start)
    {
        int next = Array.BinarySearch(_starts, start) + 1;
        return (next < _starts.Length ? _starts[next] : _end) - start;
    }
}
