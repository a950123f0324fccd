// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>An IPv4 address, as it stands in packets.</summary>
public readonly struct IPv4Address : IEquatable<IPv4Address>
{
    private readonly NetworkUInt32 _number;

    /// <summary>An address that is there as a number.</summary>
    public IPv4Address(NetworkUInt32 number) => _number = number;

    /// <summary>The address as a number: 10.0.0.1 is 0x0a000001.</summary>
    public uint Value => _number.Value;

    /// <summary>The bytes as they stand in memory.</summary>
    public uint NetworkOrder => _number.NetworkOrder;

    /// <summary>Whether it is 0.0.0.0.</summary>
    public bool IsAny => NetworkOrder == 0;

    /// <summary>Whether it is in 127.0.0.0/8.</summary>
    public bool IsLoopback => (NetworkOrder & 0xff) == 127;

    /// <summary>Whether it is in 224.0.0.0/4.</summary>
    public bool IsMulticast => (NetworkOrder & 0xf0) == 224;

    /// <summary>An address of four numbers. Of constants, it is one.</summary>
    public static IPv4Address Of(byte first, byte second, byte third, byte fourth) =>
        FromNetworkOrder(first | ((uint)second << 8) | ((uint)third << 16) | ((uint)fourth << 24));

    /// <summary>Bytes that are in network order already.</summary>
    public static IPv4Address FromNetworkOrder(uint bytes) => new(NetworkUInt32.FromNetworkOrder(bytes));

    /// <summary>Whether it begins as a network's address does.</summary>
    public bool IsIn(IPv4Address network, int prefixLength) => prefixLength == 0 || ((Value ^ network.Value) >> (32 - prefixLength)) == 0;

    /// <summary>The address as a number.</summary>
    public static implicit operator NetworkUInt32(IPv4Address address) => address._number;

    /// <summary>An address that is there as a number.</summary>
    public static implicit operator IPv4Address(NetworkUInt32 number) => new(number);

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(IPv4Address left, IPv4Address right) => left._number == right._number;

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(IPv4Address left, IPv4Address right) => left._number != right._number;

    /// <inheritdoc/>
    public bool Equals(IPv4Address other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IPv4Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _number.GetHashCode();

    /// <summary>The address as the class library has it, for user space.</summary>
    public System.Net.IPAddress ToIPAddress() => new(NetworkOrder);

    /// <summary>An address of the class library, for user space.</summary>
    /// <exception cref="ArgumentException">It is no IPv4 address.</exception>
    public static IPv4Address FromIPAddress(System.Net.IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out int count) && count == 4
            ? FromNetworkOrder(System.Runtime.InteropServices.MemoryMarshal.Read<uint>(bytes))
            : throw new ArgumentException($"'{address}' is no IPv4 address", nameof(address));
    }

    /// <summary>The address as people write it, for user space.</summary>
    public override string ToString() => ToIPAddress().ToString();
}
