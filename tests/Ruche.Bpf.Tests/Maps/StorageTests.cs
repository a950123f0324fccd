// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Maps;

/// <summary>Maps whose values belong to sockets, processes, files and cgroups.</summary>
public sealed class StorageTests : KernelTest
{
    [Fact]
    public void A_value_is_kept_with_a_socket()
    {
        using var loaded = Load(MapType.SkStorage);
        BpfSocketStorage<ulong> storage = new(loaded.Map("store"));
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        storage.Update(socket, 42);

        Assert.True(storage.TryGetValue(socket, out ulong value));
        Assert.Equal(42ul, value);
        Assert.False(storage.TryGetValue(other, out _));
        Assert.True(storage.Remove(socket));
        Assert.False(storage.Remove(socket));
    }

    [Fact]
    public void A_value_is_kept_with_a_process()
    {
        using var loaded = Load(MapType.TaskStorage, 5, 11);
        BpfTaskStorage<ulong> storage = new(loaded.Map("store"));

        storage.Update(Environment.ProcessId, 7);

        Assert.True(storage.TryGetValue(Environment.ProcessId, out ulong value));
        Assert.Equal(7ul, value);
        Assert.False(storage.TryGetValue(1, out _));
        Assert.True(storage.Remove(Environment.ProcessId));
        var refusal = Assert.Throws<BpfException>(() => storage.TryGetValue(0x3ffffffe, out _));
        Assert.Equal(Errno.ESRCH, refusal.Errno);
    }

    [Fact]
    public void A_value_is_kept_with_a_file()
    {
        using var loaded = Load(MapType.InodeStorage, 5, 10);
        BpfInodeStorage<ulong> storage = new(loaded.Map("store"));
        string path = Path.GetTempFileName();
        string link = $"{path}.link";
        File.CreateSymbolicLink(link, path);

        storage.Update(path, 9);
        bool isThere = storage.TryGetValue(link, out ulong value);
        bool isGone = storage.Remove(path);
        File.Delete(link);
        File.Delete(path);

        Assert.True(isThere && isGone);
        Assert.Equal(9ul, value);
        Assert.Contains("does not exist", Assert.Throws<BpfException>(() => storage.Remove(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_is_kept_with_a_cgroup()
    {
        using var loaded = Load(MapType.CgrpStorage, 6, 2);
        Assert.SkipWhen(KernelFileSystems.Cgroup2() is null, "cgroup v2 is not mounted");
        BpfCgroupStorage<ulong> storage = new(loaded.Map("store"));
        string path = Path.Combine(KernelFileSystems.Cgroup2()!, $"ruche-storage-{Environment.ProcessId}");
        Directory.CreateDirectory(path);

        storage.Update(path, 11);
        bool isThere = storage.TryGetValue(path, out ulong value);
        bool isGone = storage.Remove(path);
        Directory.Delete(path);

        Assert.True(isThere && isGone);
        Assert.Equal(11ul, value);
        Assert.Equal(Errno.EBADF, Assert.Throws<BpfException>(() => storage.Update("/tmp", 1)).Errno);
    }

    [Fact]
    public void Programs_and_this_process_share_what_is_kept()
    {
        const string Source = """
            struct { __uint(type, BPF_MAP_TYPE_SK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, __u64); } store SEC(".maps");
            SEC("cgroup_skb/egress") int counts(struct __sk_buff *skb)
            {
                struct bpf_sock *sk = skb->sk;
                __u64 *value;
                if (!sk)
                    return 1;
                value = bpf_sk_storage_get(&store, sk, 0, 0);
                if (value)
                    __sync_fetch_and_add(value, 1);
                return 1;
            }
            """;
        using var loaded = TestObject.Load(Source);
        Assert.SkipWhen(KernelFileSystems.Cgroup2() is null, "cgroup v2 is not mounted");
        BpfSocketStorage<ulong> storage = new(loaded.Map("store"));
        loaded.Attach(new() { Cgroup = KernelFileSystems.Cgroup2() });
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        storage.Update(socket, 100);

        socket.SendTo([1], new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 9));

        Assert.True(storage.TryGetValue(socket, out ulong value));
        Assert.Equal(101ul, value);
    }

    [Fact]
    public void Another_kind_of_map_is_refused()
    {
        using BpfMap map = TestMap.Create(MapType.Hash, 4, 8, 1);

        Assert.Throws<ArgumentException>(() => new BpfTaskStorage<ulong>(map));
    }

    private static BpfObject Load(MapType kind, int major = 5, int minor = 10)
    {
        string source = $$"""
            struct { __uint(type, {{(int)kind}}); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, __u64); } store SEC(".maps");
            SEC("socket") int nothing(void *ctx) { return 0; }
            """;
        TestObject.Read(source);
        Since(major, minor, $"{kind}");
        return TestObject.Load(source);
    }
}
