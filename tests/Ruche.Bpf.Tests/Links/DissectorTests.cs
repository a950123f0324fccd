// SPDX-License-Identifier: MIT
using Ruche.Bpf.Attachments;
using Ruche.Bpf.Links;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests.Loading;
using Ruche.Bpf.Tests.Networking;

namespace Ruche.Bpf.Tests.Links;

/// <summary>Hooks on the way of packets besides XDP and tc.</summary>
public sealed class DissectorTests : KernelTest
{
    [Fact]
    public void A_flow_dissector_is_asked_about_real_packets()
    {
        const string Dissector = """
            long asked;
            SEC("flow_dissector") int dissects(struct __sk_buff *skb) { __sync_fetch_and_add(&asked, 1); return BPF_OK; }
            """;
        const string Asking = """SEC("tc/egress") int asks(struct __sk_buff *skb) { bpf_set_hash_invalid(skb); bpf_get_hash_recalc(skb); return 0; }""";
        using NetworkNamespaces spaces = new();
        using var dissector = TestObject.Load(Dissector);
        using var asking = TestObject.Load(Asking);

        var link = Assert.IsType<KernelLink>(dissector.Attach(new() { NetNamespace = spaces.Left.Path })[0].Link);
        spaces.Left.Run(() => asking.Attach(new AttachOptions { Interface = spaces.Left.Interface }));
        bool pinged = spaces.Ping();

        Assert.True(pinged);
        Assert.Equal(AttachKind.NetNamespace, link.Kind);
        Assert.True(dissector.Global<long>("asked").Value > 0);
        var refusal = Assert.Throws<BpfException>(() => dissector.Program("dissects").AttachNetNamespace(spaces.Left.Path));
        Assert.Contains("has a flow dissector", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("primary", "netkit/primary")]
    [InlineData("peer", "netkit/peer")]
    public void Both_sides_of_a_netkit_pair_have_a_hook(string side, string section)
    {
        string source = $$"""long seen; SEC("{{section}}") int counts(struct __sk_buff *skb) { __sync_fetch_and_add(&seen, 1); return -1; }""";
        TestObject.Read(source);
        using NetworkNamespaces spaces = new();
        bool made = Shell.TryRun("ip", "-n", spaces.Left.Name, "link", "add", "hive0", "type", "netkit");
        Assert.SkipUnless(made, "this kernel has no netkit devices (Linux 6.7)");
        using var counter = TestObject.Load(source);
        Shell.Run("sh", "-ec", $"""
            ip -n {spaces.Left.Name} link set nk0 netns {spaces.Right.Name}
            ip -n {spaces.Left.Name} addr add 10.78.0.1/24 dev hive0
            ip -n {spaces.Right.Name} addr add 10.78.0.2/24 dev nk0
            ip -n {spaces.Left.Name} link set hive0 up
            ip -n {spaces.Right.Name} link set nk0 up
            """);

        spaces.Left.Run(() => counter.Attach(new() { Interface = "hive0" }));
        var listed = spaces.Left.Run(() => InterfacePrograms.Of(NetworkInterface.Find("hive0")));
        Shell.Run("ip", "netns", "exec", spaces.Left.Name, "ping", "-c", "1", "-W", "2", "10.78.0.2");

        Assert.Equal(side == "peer" ? AttachKind.NetkitPeer : AttachKind.NetkitPrimary, Assert.Single(counter.Links).Kind);
        Assert.True(counter.Global<long>("seen").Value > 0);
        var entry = Assert.Single(listed);
        Assert.Equal(("netkit", side, counter.Program("counts").Id), (entry.Hook, entry.Kind, entry.ProgramId));
        Assert.Equal(Assert.IsType<KernelLink>(counter.Links[0]).GetInfo().Id, entry.LinkId);
    }

    [Fact]
    public void An_ordinary_interface_is_no_netkit_pair()
    {
        const string Source = """SEC("netkit/primary") int passes(struct __sk_buff *skb) { return -1; }""";
        using NetworkNamespaces spaces = new();
        using var program = TestObject.Load(Source);

        var refusal = Assert.Throws<BpfException>(() => spaces.Left.Run(() => program.Program("passes").AttachNetkit(spaces.Left.Interface, isPeer: false)));

        Assert.Contains("must be the primary device of a netkit pair, which needs Linux 6.7", refusal.Message, StringComparison.Ordinal);
    }
}
