// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Programs;

/// <summary>How a program is run on request.</summary>
public sealed record ProgramRunOptions
{
    /// <summary>How often to run it on the same input.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>The CPU to run on; null for any. Only raw tracepoint programs may choose.</summary>
    public int? Cpu { get; init; }

    /// <summary>Whether XDP verdicts are carried out (XDP_TX, XDP_REDIRECT and XDP_PASS move real packets). Needs Linux 5.18.</summary>
    public bool LiveFrames { get; init; }

    /// <summary>How many packets are handled at once with <see cref="LiveFrames"/>; 0 for the kernel's choice.</summary>
    public int BatchSize { get; init; }
}
