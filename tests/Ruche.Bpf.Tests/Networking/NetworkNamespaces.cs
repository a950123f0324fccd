// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.NetworkInformation;

namespace Ruche.Bpf.Tests.Networking;

/// <summary>Two network namespaces joined by a veth pair, with names of this process alone; both are gone afterwards.</summary>
internal sealed class NetworkNamespaces : IDisposable
{
    private static int _count;

    public NetworkNamespaces()
    {
        string unique = $"rch{Environment.ProcessId}x{Interlocked.Increment(ref _count)}";
        Left = new($"{unique}l", "veth0", IPAddress.Parse("10.77.0.1"));
        Right = new($"{unique}r", "veth1", IPAddress.Parse("10.77.0.2"));
        try
        {
            // Few processes: on an emulated CPU each takes a tenth of a second.
            Shell.RunBatch(["ip", "-batch", "-"], $"""
                netns add {Left.Name}
                netns add {Right.Name}
                link add {Left.Interface} netns {Left.Name} type veth peer name {Right.Interface} netns {Right.Name}
                """);
            Raise(Left);
            Raise(Right);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public NetworkNamespace Left { get; }

    public NetworkNamespace Right { get; }

    /// <summary>A ping from the left reaches the right and comes back.</summary>
    public bool Ping() => Ping(TimeSpan.FromSeconds(5));

    /// <summary>A ping from the left does not come back; an answer would within milliseconds.</summary>
    public bool LosesPing() => !Ping(TimeSpan.FromMilliseconds(300));

    private bool Ping(TimeSpan patience) => Left.Run(() =>
    {
        using Ping ping = new();
        return ping.Send(Right.Address, (int)patience.TotalMilliseconds).Status is IPStatus.Success;
    });

    public void Dispose()
    {
        Shell.RunBatch(["ip", "-force", "-batch", "-"], $"netns del {Left.Name}\nnetns del {Right.Name}", mayFail: true);
    }

    private static void Raise(NetworkNamespace space) => Shell.RunBatch(["ip", "-n", space.Name, "-batch", "-"], $"""
        link set lo up
        addr add {space.Address}/24 dev {space.Interface} nodad
        link set {space.Interface} up
        """);
}
