// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Machine;

/// <summary>How programs are loaded and run.</summary>
public sealed record MachineOptions
{
    /// <summary>The name that diagnostics say; programs of an object have their own.</summary>
    public string Name { get; init; } = "program";

    /// <summary>
    /// The helpers that the program may call. Programs of an object have those of their type and these,
    /// which win.
    /// </summary>
    public HelperTable Helpers { get; init; } = HelperTable.Empty;

    /// <summary>What runs it.</summary>
    public MachineEngine Engine { get; init; }

    /// <summary>Is told of each instruction before it runs, by the interpreter, which then runs it whatever <see cref="Engine"/> says.</summary>
    public IRunObserver? Observer { get; init; }

    /// <summary>
    /// Whether the program may run without checks: true only for one that a verifier has accepted, since any other can then read and write
    /// all memory of the process. The interpreter always checks.
    /// </summary>
    public bool IsTrusted { get; init; }

    /// <summary>
    /// Whether programs of an object that Ruche's verifier accepts run without checks, and only the others with. Taken are programs of network
    /// and cgroup types, whose contexts have one size, that call no functions of the kernel and read none of its objects.
    /// </summary>
    public bool TrustsVerified { get; init; }

    /// <summary>How many instructions a run may take; what the kernel's own limit bounds at load is bounded here at run time.</summary>
    public long Budget { get; init; } = 100_000_000;

    /// <summary>How many CPUs programs believe that there are.</summary>
    public int CpuCount { get; init; } = 1;

    /// <summary>What random numbers begin with: the same seed gives the same numbers.</summary>
    public ulong Seed { get; init; }

    /// <summary>The kernel's types that CO-RE relocations ask for, the kernel's first, then those of its modules; empty for the object's own.</summary>
    public ImmutableArray<BtfSpec> TargetTypes { get; init; } = [];

    /// <summary>Lines of kernel configuration (<c>CONFIG_HZ=250</c>), for the object's <c>__kconfig</c> externs.</summary>
    public string Kconfig { get; init; } = "";

    /// <summary>Addresses of symbols of the kernel that the object's <c>__ksym</c> externs name.</summary>
    public IReadOnlyDictionary<string, ulong> KernelSymbols { get; init; } = new Dictionary<string, ulong>();
}
