// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>Which stack: <c>BPF_F_…</c>. The lowest eight bits are how many frames to leave out.</summary>
[Flags]
public enum StackFlags : ulong
{
    /// <summary>The kernel's.</summary>
    Kernel = 0,

    /// <summary>The process's.</summary>
    User = 1 << 8,

    /// <summary>Stacks of one hash are taken for the same.</summary>
    FastCompare = 1 << 9,

    /// <summary>A new stack takes the place of another with the same hash.</summary>
    Reuse = 1 << 10,

    /// <summary>Files and offsets in place of addresses.</summary>
    BuildIds = 1 << 11,
}
