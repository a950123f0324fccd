// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Where the functions of a program are, what each of them uses, and where jumps go.</summary>
internal sealed class CodeLayout
{
    private const int LongestAtOnce = 1000;

    private readonly DecodedInstruction[] _code;
    private readonly SlotMarks[] _marks;
    private readonly int[] _functionOf;
    private readonly List<FunctionLayout> _functions = [];

    private CodeLayout(DecodedInstruction[] code) => (_code, _marks, _functionOf) = (code, new SlotMarks[code.Length], new int[code.Length]);

    /// <summary>Functions whose address the program takes.</summary>
    public IReadOnlyList<int> AddressTaken { get; private set; } = [];

    /// <summary>Whether the program may call a helper.</summary>
    public bool CallsRuntime { get; private set; }

    /// <summary>Whether the program needs anything of a run but its arguments: a helper, or the count of may_goto.</summary>
    public bool NeedsRun { get; private set; }

    /// <summary>Whether each instruction runs at most once.</summary>
    public bool IsStraight { get; private set; } = true;

    /// <summary>The registers that the code of the first function changes and that belong to whoever calls it.</summary>
    public List<int> Changed => _functions[0].Changed;

    /// <summary>Whether any function can see its stack.</summary>
    public bool UsesStack => _functions.Exists(f => f.UsesStack);

    /// <summary>Where the functions start.</summary>
    public IEnumerable<int> Functions => _functions.Select(f => f.Start);

    public static CodeLayout Of(DecodedInstruction[] code, int? handler)
    {
        CodeLayout layout = new(code);
        List<int> taken = [];
        bool[] called = new bool[code.Length];
        for (int slot = 0; slot < code.Length; slot = layout.Next(slot))
        {
            ref readonly var i = ref code[slot];
            if (i.Operation is Operation.LoadWide) layout._marks[slot + 1] |= SlotMarks.Padding;
            layout.NeedsRun |= i.Operation is Operation.MayGoto;
            layout.IsStraight &= i.Operation is not Operation.CallLocal;
            if (EntersRuntime(i.Operation)) layout.CallsRuntime = layout.NeedsRun = true;
            else if (i.Operation is Operation.CallLocal) called[i.Target] = true;
            else if (IsJump(i.Operation))
            {
                layout._marks[i.Target] |= i.Target <= slot ? SlotMarks.Target | SlotMarks.Loop : SlotMarks.Target;
                layout.IsStraight &= i.Target > slot;
            }
            else if (FunctionAddresses.IsTakenBy(i) && FunctionAddresses.SlotOf((ulong)i.Immediate, code.Length) is { } function)
            {
                called[function] = true;
                taken.Add(function);
            }
        }

        if (handler is { } slotOfHandler)
        {
            called[slotOfHandler] = true;
            taken.Add(slotOfHandler);
        }

        for (int start = 0; start < code.Length;)
        {
            int end = start + 1;
            while (end < code.Length && !called[end]) end++;
            layout._marks[start] |= SlotMarks.Function;
            layout._functionOf.AsSpan(start..end).Fill(layout._functions.Count);
            layout._functions.Add(FunctionLayout.Of(code, start, end, called[start]));
            start = end;
        }

        layout.IsStraight &= code.Length <= LongestAtOnce;
        layout.NeedsRun |= taken.Count > 0;
        layout.AddressTaken = [.. taken.Distinct()];
        return layout;
    }

    public static bool IsJump(Operation operation) => operation is Operation.Goto or Operation.GotoLong or Operation.MayGoto || ConditionalJumps.IsConditional(operation);

    /// <summary>Whether an instruction may call a helper.</summary>
    public static bool EntersRuntime(Operation operation) => operation is Operation.CallHelper or Operation.LookupElement or Operation.TailCall
        or Operation.CallRegister or Operation.LoadPacket or Operation.LoadPacketIndexed;

    /// <summary>Whether the next instruction can be what comes next.</summary>
    public static bool FallsThrough(Operation operation) => operation is not (Operation.Goto or Operation.GotoLong or Operation.Exit);

    /// <summary>Whether a slot is the second half of a wide load.</summary>
    public bool IsPadding(int slot) => (_marks[slot] & SlotMarks.Padding) != 0;

    /// <summary>The slot of the instruction behind one.</summary>
    public int Next(int slot) => slot + (_code[slot].Operation is Operation.LoadWide ? 2 : 1);

    /// <summary>Whether a jump goes there.</summary>
    public bool IsTarget(int slot) => (_marks[slot] & SlotMarks.Target) != 0;

    /// <summary>Whether a jump goes back there.</summary>
    public bool IsLoop(int slot) => (_marks[slot] & SlotMarks.Loop) != 0;

    /// <summary>Whether a function starts there.</summary>
    public bool IsFunction(int slot) => (_marks[slot] & SlotMarks.Function) != 0;

    /// <summary>
    /// Whether the code is to be a plain function of two arguments: trusted, without anything that it could want of a run. Arguments and
    /// result are where the C language has them too.
    /// </summary>
    public bool IsDirect(bool isTrusted) => isTrusted && !NeedsRun && !FunctionOf(0).IsCalled;

    public FunctionLayout FunctionOf(int slot) => _functions[_functionOf[slot]];
}
