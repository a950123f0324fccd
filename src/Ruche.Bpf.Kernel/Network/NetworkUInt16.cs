// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Bpf.Kernel;

/// <summary>A 16-bit number as it stands in packets, most significant byte first.</summary>
public readonly struct NetworkUInt16 : IEquatable<NetworkUInt16>
{
    private readonly ushort _bytes;

    /// <summary>A number, put into network order.</summary>
    public NetworkUInt16(ushort value) => _bytes = BinaryPrimitives.ReverseEndianness(value);

    private NetworkUInt16(ushort bytes, bool isNetworkOrder) => _bytes = isNetworkOrder ? bytes : BinaryPrimitives.ReverseEndianness(bytes);

    /// <summary>The number.</summary>
    public ushort Value => BinaryPrimitives.ReverseEndianness(_bytes);

    /// <summary>The bytes as they stand in memory, for what the kernel calls <c>__be16</c>.</summary>
    public ushort NetworkOrder => _bytes;

    /// <summary>Bytes that are in network order already.</summary>
    public static NetworkUInt16 FromNetworkOrder(ushort bytes) => new(bytes, true);

    /// <summary>The number.</summary>
    public static implicit operator ushort(NetworkUInt16 number) => number.Value;

    /// <summary>A number, put into network order.</summary>
    public static implicit operator NetworkUInt16(ushort value) => new(value);

    /// <summary>Whether both are the same, which needs no swapping.</summary>
    public static bool operator ==(NetworkUInt16 left, NetworkUInt16 right) => left._bytes == right._bytes;

    /// <summary>Whether they differ, which needs no swapping.</summary>
    public static bool operator !=(NetworkUInt16 left, NetworkUInt16 right) => left._bytes != right._bytes;

    /// <inheritdoc/>
    public bool Equals(NetworkUInt16 other) => _bytes == other._bytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NetworkUInt16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _bytes;

    /// <summary>The number, for user space.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
