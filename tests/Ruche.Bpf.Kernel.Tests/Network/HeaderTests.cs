// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel.Tests.Network;

/// <summary>What headers tell about themselves.</summary>
public sealed class HeaderTests
{
    [Fact]
    public void A_tcp_header_tells_its_length_and_flags()
    {
        TcpHeader header = Read<TcpHeader>("01bb9c40000000010000000280120fff00000000");

        Assert.Equal(443, header.Source.Value);
        Assert.Equal(32u, header.HeaderLength);
        Assert.True(header.IsSyn && header.IsAck);
        Assert.False(header.IsFin || header.IsReset);
    }

    [Fact]
    public void An_ipv6_header_tells_its_class_and_label()
    {
        IPv6Header header = Read<IPv6Header>("6121234500140640" + new string('0', 64));

        Assert.Equal((6u, 0x12u, 0x12345u), (header.Version, header.TrafficClass, header.FlowLabel));
        Assert.Equal(IPProtocol.Tcp, header.NextHeader);
    }

    [Theory]
    [InlineData("2000", true, false)]
    [InlineData("4000", false, false)]
    [InlineData("0010", true, true)]
    public void An_ipv4_header_tells_whether_it_is_of_a_part(string field, bool isFragment, bool isLater)
    {
        IPv4Header header = Read<IPv4Header>("450000000000" + field + "4011000000000000" + "00000000");

        Assert.Equal((isFragment, isLater, 20u), (header.IsFragment, header.IsLaterFragment, header.HeaderLength));
    }

    [Fact]
    public void Headers_of_tunnels_tell_their_network_and_length()
    {
        Assert.Equal(12u, Read<GreHeader>("a0000800").HeaderLength);
        Assert.Equal(0x123456u, Read<VxlanHeader>("0800000012345600").Network);
        Assert.Equal((8u, 0x123456u), (Read<GeneveHeader>("0200655812345600").OptionsLength, Read<GeneveHeader>("0200655812345600").Network));
        Assert.Equal((5u, 100u), (Read<VlanHeader>("a0640800").Priority, Read<VlanHeader>("a0640800").Id));
    }

    private static T Read<T>(string hex)
        where T : unmanaged => MemoryMarshal.Read<T>(Convert.FromHexString(hex));
}
