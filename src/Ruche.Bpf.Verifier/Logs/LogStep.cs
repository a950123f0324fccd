// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Logs;

/// <summary>An instruction on the way to a refusal.</summary>
/// <param name="Slot">Its place in the code.</param>
/// <param name="Text">The kernel's text of it.</param>
/// <param name="Place">Its source line; null when the log has none.</param>
internal sealed record LogStep(int Slot, string Text, SourcePlace? Place)
{
    private LogInstruction? _instruction;

    /// <summary>What it does.</summary>
    public LogInstruction Instruction => _instruction ??= LogInstruction.Read(Text);

    /// <summary>What the kernel knew afterwards of the registers it changed; empty when the log does not say.</summary>
    public string After { get; set; } = "";

    /// <summary>How many functions are on the stack above the program itself.</summary>
    public int Depth { get; set; }

    /// <summary>Whether the other side of this branch has been walked already.</summary>
    public bool IsTurned { get; set; }
}
