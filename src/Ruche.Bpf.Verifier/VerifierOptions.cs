// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier;

/// <summary>Against which kernel a program is verified.</summary>
public sealed record VerifierOptions
{
    /// <summary>The kernel's rules.</summary>
    public KernelProfile Kernel { get; init; } = KernelProfile.Linux618;

    /// <summary>The kernel's types. Without them, programs that access objects of the kernel or call its functions cannot be judged.</summary>
    public BtfSpec? KernelTypes { get; init; }
}
