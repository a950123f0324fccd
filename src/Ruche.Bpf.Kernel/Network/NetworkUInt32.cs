// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Bpf.Kernel;

/// <summary>A 32-bit number as it stands in packets, most significant byte first.</summary>
public readonly struct NetworkUInt32 : IEquatable<NetworkUInt32>
{
    private readonly uint _bytes;

    /// <summary>A number, put into network order.</summary>
    public NetworkUInt32(uint value) => _bytes = BinaryPrimitives.ReverseEndianness(value);

    private NetworkUInt32(uint bytes, bool isNetworkOrder) => _bytes = isNetworkOrder ? bytes : BinaryPrimitives.ReverseEndianness(bytes);

    /// <summary>The number.</summary>
    public uint Value => BinaryPrimitives.ReverseEndianness(_bytes);

    /// <summary>The bytes as they stand in memory, for what the kernel calls <c>__be32</c>.</summary>
    public uint NetworkOrder => _bytes;

    /// <summary>Bytes that are in network order already.</summary>
    public static NetworkUInt32 FromNetworkOrder(uint bytes) => new(bytes, true);

    /// <summary>The number.</summary>
    public static implicit operator uint(NetworkUInt32 number) => number.Value;

    /// <summary>A number, put into network order.</summary>
    public static implicit operator NetworkUInt32(uint value) => new(value);

    /// <summary>Whether both are the same, which needs no swapping.</summary>
    public static bool operator ==(NetworkUInt32 left, NetworkUInt32 right) => left._bytes == right._bytes;

    /// <summary>Whether they differ, which needs no swapping.</summary>
    public static bool operator !=(NetworkUInt32 left, NetworkUInt32 right) => left._bytes != right._bytes;

    /// <inheritdoc/>
    public bool Equals(NetworkUInt32 other) => _bytes == other._bytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NetworkUInt32 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)_bytes;

    /// <summary>The number, for user space.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
