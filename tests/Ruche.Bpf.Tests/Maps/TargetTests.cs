// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Links;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests.Loading;
using Ruche.Bpf.Tests.Networking;

namespace Ruche.Bpf.Tests.Maps;

/// <summary>Maps of what programs send packets to or ask about: sockets, cgroups, interfaces, CPUs.</summary>
public sealed class TargetTests : KernelTest
{
    private const string Programs = """
        struct { __uint(type, BPF_MAP_TYPE_DEVMAP); __type(key, int); __uint(value_size, 8); __uint(max_entries, 2); } devices SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_CPUMAP); __type(key, int); __uint(value_size, 8); __uint(max_entries, 1); } cpus SEC(".maps");
        long there;
        SEC("xdp/devmap") int at_device(struct xdp_md *ctx) { __sync_fetch_and_add(&there, 1); return XDP_PASS; }
        SEC("xdp/cpumap") int at_cpu(struct xdp_md *ctx) { __sync_fetch_and_add(&there, 1); return XDP_PASS; }
        SEC("xdp") int to_cpu(struct xdp_md *ctx) { return bpf_redirect_map(&cpus, 0, XDP_PASS); }
        """;

    [Theory]
    [InlineData(MapType.SockHash)]
    [InlineData(MapType.SockMap)]
    [InlineData(MapType.ReuseportSockArray)]
    public void Sockets_are_found_by_their_cookies(MapType type)
    {
        using BpfMap map = TestMap.Create(type, 4, 8, 2);
        BpfSocketMap<uint> sockets = new(map);
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetRawSocketOption(1, 15, BitConverter.GetBytes(1));
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();

        sockets.Update(1, socket);
        bool isThere = sockets.TryGetCookie(1, out ulong cookie);

        byte[] own = new byte[8];
        socket.GetRawSocketOption(1, 57, own);
        Assert.True(isThere);
        Assert.Equal(BitConverter.ToUInt64(own), cookie);
        Assert.True(sockets.Remove(1));
        Assert.False(sockets.Remove(1));
        Assert.False(sockets.TryGetCookie(0, out _));
    }

    [Fact]
    public void Interfaces_are_put_into_maps_with_a_program()
    {
        using NetworkNamespaces spaces = new();
        using var loaded = TestObject.Load(Programs);
        BpfRedirectMap devices = new(loaded.Map("devices"));

        int index = spaces.Left.Run(() =>
        {
            var networkInterface = NetworkInterface.Find(spaces.Left.Interface);
            devices.Update(1, networkInterface, loaded.Program("at_device"));
            return networkInterface.Index;
        });

        Assert.True(devices.TryGetValue(1, out var target));
        Assert.Equal(new((uint)index, loaded.Program("at_device").Id), target);
        Assert.False(devices.TryGetValue(0, out _));
        Assert.True(devices.Remove(1));
        Assert.Throws<ArgumentException>(() => devices.UpdateCpu(0, 64));
    }

    [Fact]
    public void Packets_go_on_at_another_cpu()
    {
        using NetworkNamespaces spaces = new();
        using var loaded = TestObject.Load(Programs);
        BpfRedirectMap cpus = new(loaded.Map("cpus"));

        cpus.UpdateCpu(0, 192, loaded.Program("at_cpu"));
        using (spaces.Right.Run(() => loaded.Program("to_cpu").AttachXdp(spaces.Right.Interface))) Assert.True(spaces.Ping());

        Assert.True(loaded.Global<long>("there").Value > 0);
        Assert.True(cpus.TryGetValue(0, out var target));
        Assert.Equal(new(192, loaded.Program("at_cpu").Id), target);
        cpus.Remove(0);
    }

    [Fact]
    public void A_program_asks_whether_a_process_is_in_a_cgroup()
    {
        const string Source = """
            struct { __uint(type, BPF_MAP_TYPE_CGROUP_ARRAY); __uint(key_size, 4); __uint(value_size, 4); __uint(max_entries, 2); } cgroups SEC(".maps");
            int target_pid; long inside, outside;
            SEC("raw_tp/sys_enter") int asks(void *ctx)
            {
                if (bpf_get_current_pid_tgid() >> 32 != target_pid)
                    return 0;
                if (bpf_current_task_under_cgroup(&cgroups, 0) == 1)
                    inside++;
                if (bpf_current_task_under_cgroup(&cgroups, 1) == 1)
                    outside++;
                return 0;
            }
            """;
        Assert.SkipWhen(KernelFileSystems.Cgroup2() is null, "cgroup v2 is not mounted");
        string root = KernelFileSystems.Cgroup2()!, empty = Path.Combine(root, $"ruche-array-{Environment.ProcessId}");
        Directory.CreateDirectory(empty);
        using var loaded = TestObject.Load(Source);
        BpfCgroupArray cgroups = new(loaded.Map("cgroups"));
        loaded.Global<int>("target_pid").Value = Environment.ProcessId;

        cgroups.Update(0, root);
        cgroups.Update(1, empty);
        loaded.Attach();
        _ = File.Exists(root);
        bool removed = cgroups.Remove(1);
        Directory.Delete(empty);

        Assert.True(removed);
        Assert.True(loaded.Global<long>("inside").Value > 0);
        Assert.Equal(0, loaded.Global<long>("outside").Value);
    }
}
