// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>An IPv6 address, as it stands in packets: four words.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct IPv6Address : IEquatable<IPv6Address>
{
    /// <summary>The first two groups.</summary>
    public NetworkUInt32 First;

    /// <summary>The next two.</summary>
    public NetworkUInt32 Second;

    /// <summary>The next two.</summary>
    public NetworkUInt32 Third;

    /// <summary>The last two.</summary>
    public NetworkUInt32 Fourth;

    /// <summary>Whether it is <c>::</c>.</summary>
    public readonly bool IsAny => (First.NetworkOrder | Second.NetworkOrder | Third.NetworkOrder | Fourth.NetworkOrder) == 0;

    /// <summary>Whether it is <c>::1</c>.</summary>
    public readonly bool IsLoopback => this == Of(0, 0, 0, 0, 0, 0, 0, 1);

    /// <summary>Whether it is in ff00::/8.</summary>
    public readonly bool IsMulticast => (First.NetworkOrder & 0xff) == 0xff;

    /// <summary>Whether it is in fe80::/10.</summary>
    public readonly bool IsLinkLocal => (First.Value & 0xffc00000) == 0xfe800000;

    /// <summary>Whether an IPv4 address stands in its last word (::ffff:0:0/96).</summary>
    public readonly bool IsIPv4 => (First.NetworkOrder | Second.NetworkOrder) == 0 && Third.Value == 0xffff;

    /// <summary>An address of eight groups: <c>Of(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)</c>. Of constants, it is one.</summary>
    public static IPv6Address Of(ushort a, ushort b, ushort c, ushort d, ushort e, ushort f, ushort g, ushort h) => new()
    {
        First = Words(a, b),
        Second = Words(c, d),
        Third = Words(e, f),
        Fourth = Words(g, h),
    };

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(in IPv6Address left, in IPv6Address right) =>
        left.First == right.First && left.Second == right.Second && left.Third == right.Third && left.Fourth == right.Fourth;

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(in IPv6Address left, in IPv6Address right) => !(left == right);

    /// <inheritdoc/>
    public readonly bool Equals(IPv6Address other) => this == other;

    /// <inheritdoc/>
    public readonly override bool Equals(object? obj) => obj is IPv6Address other && Equals(other);

    /// <inheritdoc/>
    public readonly override int GetHashCode() => First.GetHashCode() ^ Second.GetHashCode() ^ Third.GetHashCode() ^ Fourth.GetHashCode();

    private static NetworkUInt32 Words(ushort high, ushort low) => new(((uint)high << 16) | low);

    /// <summary>The address as the class library has it, for user space; one of IPv4 that is mapped as such.</summary>
    public readonly System.Net.IPAddress ToIPAddress()
    {
        System.Net.IPAddress address = new(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<IPv6Address>(in this)));
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>An address of the class library, for user space; one of IPv4 is mapped: ::ffff:a.b.c.d.</summary>
    public static IPv6Address FromIPAddress(System.Net.IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return System.Runtime.InteropServices.MemoryMarshal.Read<IPv6Address>(address.MapToIPv6().GetAddressBytes());
    }

    /// <summary>The address as people write it, for user space.</summary>
    public readonly override string ToString() => ToIPAddress().ToString();
}
