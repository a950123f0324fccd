// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Where the functions of a program are, and what each of them uses.</summary>
internal sealed class CodeLayout
{
    private readonly SortedList<int, FunctionLayout> _functions = [];
    private readonly HashSet<int> _targets = [];

    private CodeLayout()
    {
    }

    /// <summary>Functions whose address the program takes.</summary>
    public IReadOnlyList<int> AddressTaken { get; private set; } = [];

    public static CodeLayout Of(DecodedInstruction[] code, int? handler = null)
    {
        CodeLayout layout = new();
        SortedSet<int> called = [], taken = [];
        foreach (var instruction in code)
        {
            if (instruction.Operation is Operation.CallLocal) called.Add(instruction.Target);
            if (IsJump(instruction.Operation)) layout._targets.Add(instruction.Target);
            if (instruction.Operation is Operation.LoadWide && FunctionAddresses.SlotOf((ulong)instruction.Immediate, code.Length) is { } slot) taken.Add(slot);
        }

        if (handler is { } slotOfHandler) taken.Add(slotOfHandler);
        called.UnionWith(taken);
        int[] sorted = [.. called.Append(0).Distinct().Order()];
        for (int f = 0; f < sorted.Length; f++)
        {
            int end = f + 1 < sorted.Length ? sorted[f + 1] : code.Length;
            layout._functions.Add(sorted[f], FunctionLayout.Of(code.AsSpan(sorted[f], end - sorted[f]), isCalled: called.Contains(sorted[f])));
        }

        layout.AddressTaken = [.. taken];
        return layout;
    }

    /// <summary>Whether a jump or call goes there.</summary>
    public bool IsTarget(int slot) => _targets.Contains(slot);

    public FunctionLayout? FunctionAt(int slot) => _functions.GetValueOrDefault(slot);

    public FunctionLayout FunctionOf(int slot)
    {
        while (!_functions.ContainsKey(slot)) slot--;
        return _functions[slot];
    }

    private static bool IsJump(Operation operation) => operation is Operation.Goto or Operation.GotoLong or Operation.MayGoto || X64Conditions.IsConditional(operation);
}
