// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Maps;

/// <summary>One entry of a map, as bytes that are valid until the enumeration moves on.</summary>
public readonly ref struct MapEntry
{
    internal MapEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Key = key;
        Value = value;
    }

    /// <summary>The key.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>The value: <see cref="IBpfMap.ValueBufferSize"/> bytes.</summary>
    public ReadOnlySpan<byte> Value { get; }
}
