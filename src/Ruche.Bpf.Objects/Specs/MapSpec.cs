// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Specs;

/// <summary>The blueprint of a map: everything that is needed to create it, nothing that belongs to a kernel.</summary>
public sealed record MapSpec
{
    /// <summary>The name in the object, of any length; for a data section the section's name. The kernel keeps the first 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>What the map is.</summary>
    public required MapType Type { get; init; }

    /// <summary>Bytes per key; 0 for maps without keys.</summary>
    public int KeySize { get; init; }

    /// <summary>Bytes per value; 0 for maps without values.</summary>
    public int ValueSize { get; init; }

    /// <summary>How many entries fit; bytes for ring buffers. 0 lets the loader choose where a choice exists (per-CPU event arrays).</summary>
    public uint MaxEntries { get; init; }

    /// <summary>Creation flags (<c>BPF_F_…</c>).</summary>
    public MapFlags Flags { get; init; }

    /// <summary>Type-specific extra argument (bloom hash count, arena address).</summary>
    public ulong Extra { get; init; }

    /// <summary>The NUMA node to allocate on, with <see cref="MapFlags.NumaNode"/>.</summary>
    public int NumaNode { get; init; }

    /// <summary>Id of the key's type in the object's BTF; 0 when unknown.</summary>
    public int KeyType { get; init; }

    /// <summary>Id of the value's type in the object's BTF; 0 when unknown.</summary>
    public int ValueType { get; init; }

    /// <summary>What the inner maps of a map-in-map look like.</summary>
    public MapSpec? Inner { get; init; }

    /// <summary>Whether the map is shared through a pin named after it.</summary>
    public MapPinning Pinning { get; init; }

    /// <summary>Which data section of the object this map holds; <see cref="DataSectionKind.None"/> for an ordinary map.</summary>
    public DataSectionKind DataSection { get; init; }

    /// <summary>The ELF section that declares the map, or whose content it holds.</summary>
    public string Section { get; init; } = "";

    /// <summary>For a data section, the alignment it needs when it is put behind another.</summary>
    public int Alignment { get; init; } = 8;

    /// <summary>The initial value of the single entry of a data-section or struct_ops map, or of the first bytes of an arena; empty means
    /// zeros.</summary>
    public ImmutableArray<byte> Contents { get; init; } = [];

    /// <summary>Entries that the object fills statically with maps or programs.</summary>
    public ImmutableArray<MapSlot> Slots { get; init; } = [];

    /// <summary>Whether the object wants the map created without being asked (false for <c>SEC("?.struct_ops")</c>).</summary>
    public bool AutoCreate { get; init; } = true;

    /// <summary>For a struct_ops map: the name of the kernel struct it implements.</summary>
    public string? StructOps { get; init; }

    /// <summary>For a struct_ops map: whether it is attached through a link (<c>.struct_ops.link</c>).</summary>
    public bool IsLinkedStructOps { get; init; }
}
