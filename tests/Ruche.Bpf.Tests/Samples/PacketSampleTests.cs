// SPDX-License-Identifier: MIT
using System.Net;
using Ruche.Bpf.Maps;

namespace Ruche.Bpf.Tests.Samples;

public sealed class PacketSampleTests : KernelTest
{
    private const uint Drop = 1;
    private const uint Pass = 2;

    public static TheoryData<string, byte[], uint, int> Packets => new()
    {
        { "TCP", Packet.OverIpv4(Packet.Tcp), Drop, Packet.Tcp },
        { "UDP", Packet.OverIpv4(Packet.Udp), Pass, Packet.Udp },
        { "ICMP", Packet.OverIpv4(Packet.Icmp), Pass, Packet.Icmp },
        { "TCP over IPv6", Packet.OverIpv6(Packet.Tcp), Drop, Packet.Tcp },
        { "UDP over IPv6", Packet.OverIpv6(Packet.Udp), Pass, Packet.Udp },
        { "TCP behind IPv6 options", Packet.OverIpv6Options(Packet.Tcp), Drop, Packet.Tcp },
        { "TCP in a VLAN", Packet.InVlan(Packet.Tcp), Drop, Packet.Tcp },
        { "TCP in two VLANs", Packet.InTwoVlans(Packet.Tcp), Drop, Packet.Tcp },
        { "ARP", Packet.NotIp(), Pass, 0 },
        { "a header cut short", Packet.CutShort(), Pass, 0 },
    };

    [Theory]
    [MemberData(nameof(Packets))]
    public void Drops_TCP_and_counts_verdicts_by_protocol(string name, byte[] packet, uint verdict, int protocol)
    {
        using var sample = Sample.Load("xdp_drop_tcp");

        uint result = sample.Program("xdp_drop_tcp").Run(packet).ReturnValue;

        var counts = new BpfPerCpuArray<Verdicts>(sample.Map("verdicts"))[protocol];
        Assert.True(verdict == result, name);
        Assert.Equal(verdict is Pass ? 1ul : 0, counts.Aggregate(0ul, (sum, count) => sum + count.Passed));
        Assert.Equal(verdict is Drop ? 1ul : 0, counts.Aggregate(0ul, (sum, count) => sum + count.Dropped));
    }

    [Fact]
    public void Lets_each_source_send_its_burst_and_no_more()
    {
        using var sample = Sample.Open("xdp_rate_limit");
        sample.Global<uint>("packets_per_second").Value = 1;
        sample.Global<uint>("burst").Value = 3;
        sample.Load();
        var program = sample.Program("xdp_rate_limit");

        uint[] first = [.. Enumerable.Range(0, 5).Select(_ => program.Run(Packet.OverIpv4(Packet.Udp, "10.0.0.1")).ReturnValue)];
        uint other = program.Run(Packet.OverIpv4(Packet.Udp, "10.0.0.9")).ReturnValue;
        uint sixth = program.Run(Packet.OverIpv6(Packet.Udp, "fd00::1")).ReturnValue;
        uint arp = program.Run(Packet.NotIp()).ReturnValue;

        BpfHashMap<Address, Source> sources = new(sample.Map("sources"));
        var source = sources[Address.Of("10.0.0.1")];
        Assert.Equal([Pass, Pass, Pass, Drop, Drop], first);
        Assert.Equal((Pass, Pass, Pass), (other, sixth, arp));
        Assert.Equal((3ul, 2ul), (source.Passed, source.Dropped));
        Assert.Equal([5ul, 2ul, 1ul], Totals(sample.Map("counters")));
    }

    [Fact]
    public void A_limit_of_nothing_drops_all()
    {
        using var sample = Sample.Open("xdp_rate_limit");
        sample.Global<uint>("packets_per_second").Value = 0;
        sample.Load();

        uint verdict = sample.Program("xdp_rate_limit").Run(Packet.OverIpv4(Packet.Udp)).ReturnValue;

        Assert.Equal(Drop, verdict);
    }

    private static IEnumerable<ulong> Totals(BpfMap map)
    {
        BpfPerCpuArray<ulong> counters = new(map);
        return Enumerable.Range(0, counters.Length).Select(i => counters[i].Aggregate(0ul, (sum, count) => sum + count));
    }

    private readonly record struct Verdicts(ulong Passed, ulong Dropped);

    private readonly record struct Source(ulong PaidUntil, ulong Passed, ulong Dropped);

    private readonly record struct Address(ulong High, ulong Low)
    {
        public static Address Of(string text)
        {
            byte[] bytes = IPAddress.Parse(text).MapToIPv6().GetAddressBytes();
            return new(BitConverter.ToUInt64(bytes, 0), BitConverter.ToUInt64(bytes, 8));
        }
    }
}
