// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Specs;

/// <summary>
/// What an eBPF object asks for: maps, programs, functions and externs. Immutable and deterministic: the same bytes give the
/// same spec on any system. Change it with <c>with</c> before it is loaded.
/// </summary>
public sealed partial record ObjectSpec
{
    /// <summary>A name for messages and pins: the file name without <c>.bpf.o</c> or <c>.o</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The byte order of the code.</summary>
    public required ByteOrder ByteOrder { get; init; }

    /// <summary>The licence the programs declare; empty when none.</summary>
    public string License { get; init; } = "";

    /// <summary>The kernel version from a <c>version</c> section; 0 when none.</summary>
    public uint KernelVersion { get; init; }

    /// <summary>The object's types; null when it has none.</summary>
    public BtfSpec? Btf { get; init; }

    /// <summary>The maps, data sections included, in declaration order.</summary>
    public ImmutableArray<MapSpec> Maps { get; init; } = [];

    /// <summary>The programs, in section order.</summary>
    public ImmutableArray<ProgramSpec> Programs { get; init; } = [];

    /// <summary>All functions that programs may call, by <see cref="FunctionSpec.Name"/>.</summary>
    public IReadOnlyDictionary<string, FunctionSpec> Functions { get; init; } = new Dictionary<string, FunctionSpec>();

    /// <summary>What the object expects from outside.</summary>
    public ImmutableArray<ExternSpec> Externs { get; init; } = [];

    /// <summary>The global variables in data sections, by name; of equal names of static variables the first.</summary>
    public IReadOnlyDictionary<string, GlobalSpec> Globals { get; init; } = new Dictionary<string, GlobalSpec>();
}
