// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Machine.Faults;

/// <summary>A report of why a run was stopped: what, where, and what the program could see.</summary>
public sealed record MachineFault
{
    /// <summary>Why.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>The slot of the instruction.</summary>
    public required int Slot { get; init; }

    /// <summary>The instruction.</summary>
    public required Instruction Instruction { get; init; }

    /// <summary>The name of the program that was running.</summary>
    public string Program { get; init; } = "";

    /// <summary>The source line of the instruction; null when unknown.</summary>
    public SourceLine? Source { get; init; }

    /// <summary>What happened, in a few words.</summary>
    public required string Reason { get; init; }

    /// <summary>The address of a bad access.</summary>
    public ulong Address { get; init; }

    /// <summary>Everything the program could see.</summary>
    public IReadOnlyList<MemoryRegion> Regions { get; init; } = [];

    /// <summary>What a helper threw.</summary>
    public Exception? Exception { get; init; }

    /// <summary>One line.</summary>
    public override string ToString() => $"{(Source is null ? "" : $"{Source.Place}: {Source.Text}: ")}instruction {Slot} ({Instruction}): {Reason}";
}
