// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Selection;

/// <summary>Instructions that run one after another.</summary>
internal sealed class MachineBlock(string name, int loopDepth)
{
    public string Name { get; } = name;

    /// <summary>In how many loops it lies.</summary>
    public int LoopDepth { get; } = loopDepth;

    public List<MachineInstruction> Instructions { get; } = [];

    /// <summary>Where it goes on; the last one without a jump, unless the function ends.</summary>
    public List<MachineBlock> Successors { get; } = [];
}
