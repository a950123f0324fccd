// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel.Lowering;

/// <summary>A value of the type is a map of the kernel. Its first type argument is the key's type and its last the value's; one alone is the value's.</summary>
/// <param name="type">The map's type in <c>enum bpf_map_type</c>.</param>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class MapKindAttribute(int type) : Attribute
{
    /// <summary>The map's type.</summary>
    public int Type { get; } = type;

    /// <summary>How many bytes a key has where no type argument is the key's: 4 for arrays.</summary>
    public int KeySize { get; init; }

    /// <summary>Whether there are no values, as in ring buffers, whatever the type arguments are for.</summary>
    public bool HasNoValues { get; init; }

    /// <summary>Flags that every map of this kind is created with.</summary>
    public uint Flags { get; init; }

    /// <summary>How many bytes a value has where no type argument is the value's. A type argument that is alone is the key's then.</summary>
    public int ValueSize { get; init; }

    /// <summary>Whether the values are maps: the last type argument is their type, itself a struct with this attribute, and a value has 4 bytes.</summary>
    public bool HasInnerMap { get; init; }
}
