// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>The field is a map of the object.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class BpfMapAttribute : Attribute
{
    /// <summary>How many entries fit; of a ring buffer, how many bytes.</summary>
    public uint MaxEntries { get; init; }

    /// <summary>What the map is called in the object; the field's name by default.</summary>
    public string? Name { get; init; }

    /// <summary>How the map is created.</summary>
    public MapFlags Flags { get; init; }

    /// <summary>Whether all objects that have a map of this name share it through a pin.</summary>
    public bool IsPinned { get; init; }

    /// <summary>How many entries fit into each map inside, when it is a map of maps.</summary>
    public uint InnerMaxEntries { get; init; }

    /// <summary>How the maps inside are created, when it is a map of maps.</summary>
    public MapFlags InnerFlags { get; init; }
}
