// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Tests.Links;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Tests.Networking;

namespace Ruche.Bpf.Tests.Loading;

public sealed class KilledLoaderTests : KernelTest
{
    [Fact]
    public void Nothing_stays_attached_when_the_loader_is_killed()
    {
        using NetworkNamespaces spaces = new();
        string report = Path.Combine(Path.GetTempPath(), $"ruche-killed-{Environment.ProcessId}");
        Shell.Run("mkfifo", report);
        using var loader = AttachedLoader.Start(spaces.Right, report);
        string[] held = File.ReadAllLines(report);
        uint[] links = [.. held.Where(line => uint.TryParse(line, out _)).Select(line => uint.Parse(line, CultureInfo.InvariantCulture))];
        bool lostBefore = spaces.LosesPing();

        loader.Kill();
        loader.WaitForExit();
        File.Delete(report);

        Assert.Equal(6, held.Length);
        Assert.True(lostBefore);
        Assert.All(links, id => Assert.True(EndedLinks.IsGone(id), $"link {id} is still there"));
        Assert.True(spaces.Ping());
        Assert.Equal(0u, spaces.Right.Run(() =>
        {
            using NetlinkSocket socket = new();
            return XdpNetlink.Query(socket, NetworkInterface.Find(spaces.Right.Interface).Index).AnyId;
        }));
    }
}
