// SPDX-License-Identifier: MIT
using System.Net;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel.Tests.Network;

/// <summary>Addresses and numbers of packets.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData(10, 0, 0, 1)]
    [InlineData(224, 1, 2, 3)]
    [InlineData(127, 0, 0, 1)]
    public void An_ipv4_address_stands_in_network_order(byte a, byte b, byte c, byte d)
    {
        IPv4Address address = IPv4Address.Of(a, b, c, d);

        Assert.Equal([a, b, c, d], MemoryMarshal.AsBytes(new ReadOnlySpan<IPv4Address>(in address)));
        Assert.Equal((uint)((a << 24) | (b << 16) | (c << 8) | d), address.Value);
        Assert.Equal(a == 127, address.IsLoopback);
        Assert.Equal(a == 224, address.IsMulticast);
    }

    [Theory]
    [InlineData("2001:db8::1")]
    [InlineData("::1")]
    [InlineData("fe80::42")]
    [InlineData("ff02::2")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::")]
    public void An_ipv6_address_is_what_the_framework_takes_it_for(string text)
    {
        IPAddress known = IPAddress.Parse(text);
        byte[] bytes = known.GetAddressBytes();

        IPv6Address address = IPv6Address.Of(Group(0), Group(1), Group(2), Group(3), Group(4), Group(5), Group(6), Group(7));

        Assert.Equal(bytes, MemoryMarshal.AsBytes(new ReadOnlySpan<IPv6Address>(in address)));
        Assert.Equal(known.IsIPv6Multicast, address.IsMulticast);
        Assert.Equal(known.IsIPv6LinkLocal, address.IsLinkLocal);
        Assert.Equal(known.IsIPv4MappedToIPv6, address.IsIPv4);
        Assert.Equal(known.Equals(IPAddress.IPv6Loopback), address.IsLoopback);
        Assert.Equal(known.Equals(IPAddress.IPv6Any), address.IsAny);
        ushort Group(int index) => (ushort)((bytes[index * 2] << 8) | bytes[index * 2 + 1]);
    }

    [Theory]
    [InlineData(24, true)]
    [InlineData(16, true)]
    [InlineData(25, false)]
    [InlineData(32, false)]
    [InlineData(0, true)]
    public void An_address_is_in_a_network_that_it_begins_as(int prefix, bool isIn) =>
        Assert.Equal(isIn, IPv4Address.Of(192, 168, 7, 200).IsIn(IPv4Address.Of(192, 168, 7, 1), prefix));

    [Fact]
    public void A_link_address_is_its_bytes()
    {
        MacAddress address = MacAddress.Of(1, 2, 3, 4, 5, 6), all = MacAddress.Of(255, 255, 255, 255, 255, 255);

        Assert.Equal(6, address[5]);
        Assert.True(address.IsMulticast);
        Assert.False(address.IsBroadcast);
        Assert.True(all.IsBroadcast);
        Assert.True(all.IsSame(all));
        Assert.False(all.IsSame(address));
    }

    [Fact]
    public void Numbers_keep_their_value_and_swap_their_bytes()
    {
        NetworkUInt64 wide = 0x0102030405060708;
        NetworkUInt16 narrow = 443;

        Assert.Equal(0x0102030405060708u, wide.Value);
        Assert.Equal(0x0807060504030201u, wide.NetworkOrder);
        Assert.Equal(443, narrow.Value);
        Assert.Equal(narrow, NetworkUInt16.FromNetworkOrder(narrow.NetworkOrder));
    }
}
