// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Probes;
using Ruche.Trace.Types;
using Ruche.Trace.Unwinding;

namespace Ruche.Trace.Binding;

/// <summary>What a script is compiled with, beside its text.</summary>
internal sealed record ScriptOptions
{
    /// <summary>The script's parameters: <c>$1</c> is the first.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>The script's parameters with names, as <c>--name=value</c> gives them; empty for a name alone.</summary>
    public IReadOnlyDictionary<string, string> Named { get; init; } = new Dictionary<string, string>();

    /// <summary>What each setting is, as text: <c>config</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it may change the system.</summary>
    public bool IsUnsafeAllowed { get; init; }

    /// <summary>Whether memory that cannot be read is told of.</summary>
    public bool TellsFailedReads { get; init; }

    /// <summary>The process that is looked at, for probes and functions that need one.</summary>
    public int? Pid { get; init; }

    /// <summary>The process of the command that the script traces: <c>cpid</c>.</summary>
    public int? Child { get; init; }

    /// <summary>How many bytes a text has at most, the zero that ends it among them.</summary>
    public int TextCapacity { get; init; } = 1024;

    /// <summary>How many entries a map has.</summary>
    public uint MapEntries { get; init; } = 4096;

    /// <summary>How much of a file is shown at most.</summary>
    public int ShownOfFiles { get; init; } = 10 * 1024;

    /// <summary>Stands behind text that was cut.</summary>
    public string TruncationTrailer { get; init; } = "..";

    /// <summary>Whether maps are printed when the script ends.</summary>
    public bool PrintsMapsAtEnd { get; init; } = true;

    /// <summary>How stacks are shown where the script does not say.</summary>
    public StackMode StackMode { get; init; }

    /// <summary>What becomes of probes whose places there are not.</summary>
    public MissingProbes Missing { get; init; }

    /// <summary>How many bytes the buffer for events has: a power of two.</summary>
    public uint EventBytes { get; init; } = 1 << 20;

    /// <summary>The address of a symbol of the kernel; null when there is none.</summary>
    public Func<string, ulong?> KernelAddress { get; init; } = _ => null;

    /// <summary>Whether programs of a type, for a hook, may call a function of the kernel.</summary>
    public Func<ProgramType, AttachType, string, bool> MayCall { get; init; } = (_, _, _) => false;

    /// <summary>How often the kernel's clock ticks in a second; null when it does not tell.</summary>
    public Func<ulong?> TicksPerSecond { get; init; } = () => null;

    /// <summary>The number of a control group by its directory; null when there is none.</summary>
    public Func<string, ulong?> CgroupId { get; init; } = _ => null;

    /// <summary>Whose numbers processes are shown by; null for those that the kernel gives by itself.</summary>
    public PidNamespace? Namespace { get; init; }

    /// <summary>Whether the kernel tells which function of a program returns.</summary>
    public bool TellsReturningFunctions { get; init; }

    /// <summary>Why stacks cannot be unwound without frame pointers; null when they can.</summary>
    public string? CannotUnwind { get; init; }

    /// <summary>Whether addresses of the kernel's own maps lead anywhere: in a replay there are no such maps.</summary>
    public bool HasMapAddresses { get; init; } = true;

    /// <summary>Whether the kernel tells a program the registers with which a process entered it.</summary>
    public bool TellsRegisters { get; init; }

    /// <summary>How much room there is for what stacks are unwound with.</summary>
    public UnwindRoom Unwinding { get; init; } = new();

    /// <summary>The number of possible CPUs.</summary>
    public int CpuCount { get; init; } = 1;
}
