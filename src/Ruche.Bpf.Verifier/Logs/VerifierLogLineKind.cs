// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Logs;

/// <summary>What a line of a verifier log says.</summary>
internal enum VerifierLogLineKind
{
    /// <summary>Nothing that helps to explain a refusal.</summary>
    Noise,

    /// <summary>The source line of the instructions that follow.</summary>
    Source,

    /// <summary>An instruction, and the registers it changed.</summary>
    Instruction,

    /// <summary>All registers at the start of a path.</summary>
    State,

    /// <summary>Free text: a reason.</summary>
    Message,

    /// <summary>The counters at the end.</summary>
    Statistics,
}
