// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Tests.Networking;

namespace Ruche.Samples.Tests;

/// <summary>Samples on an interface, with real packets from the other side of a pair.</summary>
public sealed class InterfaceTests : KernelTest
{
    [Fact]
    public async Task Tcp_is_dropped_and_the_rest_passes()
    {
        using NetworkNamespaces pair = new();
        Assert.True(Connects(pair, 80));
        using var sample = SampleProcess.StartIn(pair.Right, "DropTcp", pair.Right.Interface);
        await sample.WaitAsync("Dropping");

        Assert.True(pair.Ping());
        Assert.False(Connects(pair, 80));

        Assert.DoesNotContain(" 0 dropped", await sample.WaitAsync("Tcp: 0 passed, "), StringComparison.Ordinal);
        Assert.Equal(130, sample.Interrupt());
        Assert.True(Connects(pair, 80));
    }

    [Fact]
    public async Task A_source_that_sends_too_much_is_cut_unless_it_is_exempt()
    {
        using NetworkNamespaces pair = new();
        using (var limited = SampleProcess.StartIn(pair.Right, "RateLimit", pair.Right.Interface, "5"))
        {
            await limited.WaitAsync("Passing 5 packets");
            await limited.WaitAsync($"{pair.Left.Address}: ", () => pair.Left.Run(() => Send(pair.Right.Address)));
        }

        using var open = SampleProcess.StartIn(pair.Right, "RateLimit", pair.Right.Interface, "0", "10.77.0.0/24");
        await open.WaitAsync("Passing 0 packets");
        Assert.True(pair.Ping());
    }

    [Fact]
    public async Task A_port_opens_to_who_knocks()
    {
        using NetworkNamespaces pair = new();
        using var sample = SampleProcess.StartIn(pair.Right, "PortKnock", pair.Right.Interface, "80", "7001", "8002", "9003");
        await sample.WaitAsync("Port 80");

        Assert.False(Connects(pair, 80));
        Assert.True(Connects(pair, 81));
        foreach (int port in (int[])[7001, 8002, 9003]) Assert.False(Connects(pair, port));

        await sample.WaitAsync($"{pair.Left.Address} has knocked");
        Assert.True(Connects(pair, 80));
    }

    [Fact]
    public async Task What_leaves_for_a_destination_is_shaped()
    {
        using NetworkNamespaces pair = new();
        using var sample = SampleProcess.StartIn(pair.Left, "TrafficShaper", pair.Left.Interface, "1000");
        await sample.WaitAsync("Shaping");

        string line = await sample.WaitAsync(" sent, 1", () => pair.Left.Run(() => Send(pair.Right.Address)));

        Assert.NotEqual('0', line[0]);
    }

    // An answer within the pair takes less than a millisecond; a packet that is dropped never has one.
    private static bool Connects(NetworkNamespaces pair, int port)
    {
        using Socket server = pair.Right.Run(() =>
        {
            Socket listening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listening.Bind(new IPEndPoint(IPAddress.Any, port));
            listening.Listen();
            return listening;
        });
        using Socket client = pair.Left.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false });
        try
        {
            client.Connect(new IPEndPoint(pair.Right.Address, port));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return client.Poll(TimeSpan.FromMilliseconds(500), SelectMode.SelectWrite);
        }

        return true;
    }

    private static void Send(IPAddress to)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.SendTo(new byte[500], new IPEndPoint(to, 9));
    }
}
