// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>What the kernel's verifier knows about a helper.</summary>
public sealed record HelperPrototype
{
    /// <summary>Which helper this is.</summary>
    public required HelperId Id { get; init; }

    /// <summary>The first release that has it.</summary>
    public required KernelRelease Since { get; init; }

    /// <summary>What it returns.</summary>
    public ResultKind Result { get; init; }

    /// <summary>What is known about a returned pointer: <see cref="ValueFlags.MayBeNull"/>, <see cref="ValueFlags.Trusted"/>, <see cref="ValueFlags.RingBuffer"/> …</summary>
    public ValueFlags ResultFlags { get; init; }

    /// <summary>The kernel's type of a returned object.</summary>
    public string? ResultTypeName { get; init; }

    /// <summary>The arguments, R1 first.</summary>
    public ImmutableArray<HelperArgument> Arguments { get; init; } = [];

    /// <summary>Whether only programs under a GPL-compatible licence may call it.</summary>
    public bool IsGplOnly { get; init; }

    /// <summary>Whether its memory arguments may be packet memory.</summary>
    public bool TakesPacketMemory { get; init; }

    /// <summary>Whether it may sleep: only sleepable programs may call it.</summary>
    public bool MaySleep { get; init; }

    /// <summary>Whether it may move the packet, so that pointers into it become invalid.</summary>
    public bool ChangesPacket { get; init; }

    /// <summary>Whether the result carries a reference that must be released.</summary>
    public bool Acquires { get; init; }

    /// <summary>Whether the kernel's calling sequence keeps R1 to R5 where it can (bpf_fastcall).</summary>
    public bool KeepsRegisters { get; init; }
}
