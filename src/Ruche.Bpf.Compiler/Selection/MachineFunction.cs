// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Selection;

/// <summary>A function as instructions; first with registers without end, then with those of the machine.</summary>
internal sealed class MachineFunction(Function function)
{
    /// <summary>How many registers programs have, the frame pointer included.</summary>
    public const int MachineRegisters = 11;

    /// <summary>The frame pointer.</summary>
    public const int Frame = 10;

    public Function Function { get; } = function;

    public List<MachineBlock> Blocks { get; } = [];

    /// <summary>The stack slots that are used.</summary>
    public List<StackSlot> Slots { get; } = [];

    /// <summary>Registers that live too shortly to be put on the stack.</summary>
    public HashSet<int> Unspillable { get; } = [];

    /// <summary>One more than the highest register in use.</summary>
    public int RegisterCount { get; private set; } = MachineRegisters;

    public int NewRegister() => RegisterCount++;
}
