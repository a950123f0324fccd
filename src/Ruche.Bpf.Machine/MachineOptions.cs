// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine;

/// <summary>How a program is loaded and run.</summary>
public sealed record MachineOptions
{
    /// <summary>The name that diagnostics say.</summary>
    public string Name { get; init; } = "program";

    /// <summary>The helpers that the program may call.</summary>
    public HelperTable Helpers { get; init; } = HelperTable.Empty;

    /// <summary>What runs it.</summary>
    public MachineEngine Engine { get; init; }

    /// <summary>
    /// Whether the program may run without checks: true only for one that a verifier has accepted, since any other can then read and write
    /// all memory of the process. The interpreter always checks.
    /// </summary>
    public bool IsTrusted { get; init; }

    /// <summary>How many instructions a run may take; what the kernel's own limit bounds at load is bounded here at run time.</summary>
    public long Budget { get; init; } = 100_000_000;
}
