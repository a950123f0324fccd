// SPDX-License-Identifier: MIT
using System.Net;

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
            // One process of the shell: starting each from here takes much longer.
            Shell.Run("sh", "-ec", $"""
                ip netns add {Left.Name}
                ip netns add {Right.Name}
                ip link add {Left.Interface} netns {Left.Name} type veth peer name {Right.Interface} netns {Right.Name}
                {Raise(Left)}
                {Raise(Right)}
                """);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public NetworkNamespace Left { get; }

    public NetworkNamespace Right { get; }

    /// <summary>Whether a ping from the left reaches the right and comes back.</summary>
    public bool Ping() => Shell.TryRun("ip", "netns", "exec", Left.Name, "ping", "-c", "1", "-W", "1", Right.Address.ToString());

    public void Dispose()
    {
        _ = Shell.TryRun("sh", "-c", $"ip netns del {Left.Name}; ip netns del {Right.Name}");
    }

    private static string Raise(NetworkNamespace space) => $"""
        ip -n {space.Name} link set lo up
        ip -n {space.Name} addr add {space.Address}/24 dev {space.Interface} nodad
        ip -n {space.Name} link set {space.Interface} up
        """;
}
