// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>One access of a program to its context.</summary>
/// <param name="Type">The program's type.</param>
/// <param name="Attach">What it is attached to; null when the program does not say.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Size">How many bytes: 1, 2, 4 or 8.</param>
/// <param name="IsWrite">Whether the access writes.</param>
/// <param name="Kernel">Whose rules count.</param>
public readonly record struct ContextRequest(ProgramType Type, AttachType? Attach, int Offset, int Size, bool IsWrite, KernelRelease Kernel)
{
    /// <summary>Whether it is a load that extends the sign, which no pointer can be loaded with.</summary>
    public bool IsSignExtended { get; init; }

    /// <summary>Whether the program was loaded without CAP_BPF.</summary>
    public bool IsUnprivileged { get; init; }
}
