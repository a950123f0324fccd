// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Bpf.Kernel;

/// <summary>A 64-bit number as it stands in packets, most significant byte first.</summary>
public readonly struct NetworkUInt64 : IEquatable<NetworkUInt64>
{
    private readonly ulong _bytes;

    /// <summary>A number, put into network order.</summary>
    public NetworkUInt64(ulong value) => _bytes = BinaryPrimitives.ReverseEndianness(value);

    private NetworkUInt64(ulong bytes, bool isNetworkOrder) => _bytes = isNetworkOrder ? bytes : BinaryPrimitives.ReverseEndianness(bytes);

    /// <summary>The number.</summary>
    public ulong Value => BinaryPrimitives.ReverseEndianness(_bytes);

    /// <summary>The bytes as they stand in memory, for what the kernel calls <c>__be64</c>.</summary>
    public ulong NetworkOrder => _bytes;

    /// <summary>Bytes that are in network order already.</summary>
    public static NetworkUInt64 FromNetworkOrder(ulong bytes) => new(bytes, true);

    /// <summary>The number.</summary>
    public static implicit operator ulong(NetworkUInt64 number) => number.Value;

    /// <summary>A number, put into network order.</summary>
    public static implicit operator NetworkUInt64(ulong value) => new(value);

    /// <summary>Whether both are the same, which needs no swapping.</summary>
    public static bool operator ==(NetworkUInt64 left, NetworkUInt64 right) => left._bytes == right._bytes;

    /// <summary>Whether they differ, which needs no swapping.</summary>
    public static bool operator !=(NetworkUInt64 left, NetworkUInt64 right) => left._bytes != right._bytes;

    /// <inheritdoc/>
    public bool Equals(NetworkUInt64 other) => _bytes == other._bytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NetworkUInt64 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _bytes.GetHashCode();

    /// <summary>The number, for user space.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
