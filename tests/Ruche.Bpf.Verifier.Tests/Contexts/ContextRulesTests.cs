// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Contexts;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Tests.Contexts;

public sealed class ContextRulesTests
{
    private static readonly KernelRelease Newest = new(6, 18);

    [Theory]
    [InlineData(ProgramType.SchedCls, 76, 2, false, "data", "`data` can only be read as 4 bytes")]
    [InlineData(ProgramType.SocketFilter, 8, 4, true, "mark", "`mark` cannot be written by a socket filter; tc, cgroup_skb and lwt programs can")]
    [InlineData(ProgramType.LwtXmit, 72, 4, false, "tc_classid", "`tc_classid` cannot be read by an lwt program; tc programs can")]
    [InlineData(ProgramType.SchedCls, 0, 4, true, "len", "`len` can only be read")]
    [InlineData(ProgramType.SchedCls, 0, 8, false, "len", "`len` can only be read as 1, 2 or 4 bytes")]
    [InlineData(ProgramType.SchedCls, 2, 4, false, "len", "an access of 4 bytes begins at a multiple of 4, and this one at byte 2")]
    [InlineData(ProgramType.SchedCls, 64, 8, false, "cb", "`cb` ends at byte 68, within this access")]
    [InlineData(ProgramType.SchedCls, 181, 1, false, null, "struct __sk_buff has no field for programs at byte 181")]
    [InlineData(ProgramType.SchedCls, 192, 4, false, null, "struct __sk_buff ends at byte 192, and this access begins at byte 192")]
    [InlineData(ProgramType.Xdp, -4, 4, false, null, "struct xdp_md begins at byte 0, and this access at byte -4")]
    [InlineData(ProgramType.SkReuseport, 20, 1, false, "eth_protocol", "`eth_protocol` can only be read as 2 or 4 bytes")]
    [InlineData(ProgramType.CgroupSock, 6, 2, false, "family", "`family` can only be read from its first byte, 4, on")]
    [InlineData(ProgramType.Kprobe, 0, 8, true, "r15", "`r15` can be written since Linux 6.19, and this is for 6.18")]
    public void A_refusal_says_what_would_be_right(ProgramType type, int offset, int size, bool isWrite, string? field, string refusal)
    {
        ContextAnswer answer = ContextRules.Check(new(type, null, offset, size, isWrite, Newest));

        Assert.False(answer.IsAllowed);
        Assert.Equal(refusal, answer.Refusal);
        Assert.Equal(field, answer.Field);
    }

    [Theory]
    [InlineData(ProgramType.Xdp, AttachType.Xdp, 20, 4, "`egress_ifindex` cannot be read by an xdp program; xdp/devmap programs can")]
    [InlineData(ProgramType.Xdp, null, 20, 4, "`egress_ifindex` cannot be read by a program that does not say what it is attached to; xdp/devmap programs can")]
    [InlineData(ProgramType.CgroupSockAddr, AttachType.CgroupInet4Connect, 40, 4, "`msg_src_ip4` cannot be read by a cgroup/connect4 program; cgroup/sendmsg4 programs can")]
    [InlineData(ProgramType.CgroupSock, null, 24, 4, "`src_ip4` cannot be read by a cgroup/sock_create program; cgroup/post_bind4 programs can")]
    public void A_refusal_names_the_hook_that_may(ProgramType type, AttachType? hook, int offset, int size, string refusal) =>
        Assert.Equal(refusal, ContextRules.Check(new(type, hook, offset, size, IsWrite: false, Newest)).Refusal);

    [Theory]
    [InlineData(ProgramType.SchedCls, 184, 8, 5, 15, 5, 16)] // hwtstamp
    [InlineData(ProgramType.SchedCls, 180, 1, 5, 17, 5, 18)] // tstamp_type
    [InlineData(ProgramType.SkReuseport, 48, 8, 5, 13, 5, 14)] // migrating_sk
    [InlineData(ProgramType.SkLookup, 64, 4, 5, 16, 5, 17)] // ingress_ifindex
    [InlineData(ProgramType.SockOps, 216, 8, 6, 1, 6, 2)] // skb_hwtstamp
    [InlineData(ProgramType.CgroupSock, 49, 1, 5, 17, 5, 18)] // the second byte of dst_port
    [InlineData(ProgramType.Tracepoint, 2048, 8, 5, 14, 5, 15)]
    public void A_younger_field_is_refused_to_programs_for_older_kernels(
        ProgramType type, int offset, int size, int major, int minor, int sinceMajor, int sinceMinor)
    {
        ContextRequest request = new(type, null, offset, size, IsWrite: false, new KernelRelease(major, minor));

        Assert.False(ContextRules.Check(request).IsAllowed);
        Assert.True(ContextRules.Check(request with { Kernel = new KernelRelease(sinceMajor, sinceMinor) }).IsAllowed);
    }

    [Fact]
    public void A_port_of_four_bytes_could_be_read_in_parts()
    {
        ContextRequest third = new(ProgramType.SkLookup, AttachType.SkLookup, 38, 1, IsWrite: false, new KernelRelease(5, 10));

        Assert.Equal("remote_port", ContextRules.Check(third).Field);
        Assert.True(ContextRules.Check(third).IsAllowed);
        Assert.False(ContextRules.Check(third with { Type = ProgramType.CgroupSock, Offset = 50, Kernel = Newest }).IsAllowed);
    }

    [Fact]
    public void Registers_can_be_written_where_uprobes_may()
    {
        ContextAnswer answer = ContextRules.Check(new(ProgramType.Kprobe, AttachType.TraceUprobeMulti, 80, 8, IsWrite: true, new KernelRelease(6, 19)));

        Assert.True(answer.IsAllowed);
        Assert.Equal("ax", answer.Field);
    }

    [Theory]
    [InlineData(0, "nf_hook_state")]
    [InlineData(8, "sk_buff")]
    public void Netfilter_programs_get_trusted_objects(int offset, string type)
    {
        ContextAnswer answer = ContextRules.Check(new(ProgramType.Netfilter, AttachType.Netfilter, offset, 8, IsWrite: false, Newest));

        Assert.Equal((ValueKind.Btf, ValueFlags.Trusted, type), (answer.Kind, answer.Flags, answer.TypeName));
    }

    [Theory]
    [InlineData(0, 4, false, true)]
    [InlineData(0, 4, true, false)]
    [InlineData(0, 2, false, false)]
    [InlineData(4, 4, false, false)]
    public void A_remote_control_sends_one_number(int offset, int size, bool isWrite, bool isAllowed) =>
        Assert.Equal(isAllowed, ContextRules.Check(new(ProgramType.LircMode2, AttachType.LircMode2, offset, size, isWrite, Newest)).IsAllowed);

    [Theory]
    [InlineData(8184, 8, true)]
    [InlineData(8192, 1, false)]
    [InlineData(4, 4, false)]
    [InlineData(-8, 8, true)] // as the kernel says
    public void A_tracepoint_has_a_longest_record(int offset, int size, bool isAllowed) =>
        Assert.Equal(isAllowed, ContextRules.Check(new(ProgramType.Tracepoint, null, offset, size, IsWrite: false, Newest)).IsAllowed);

    [Theory]
    [InlineData(ProgramType.Tracing)]
    [InlineData(ProgramType.Lsm)]
    [InlineData(ProgramType.StructOps)]
    [InlineData(ProgramType.Ext)]
    [InlineData(ProgramType.Unspec)]
    public void The_arguments_of_functions_are_none_of_its_business(ProgramType type)
    {
        Assert.False(ContextRules.Covers(type));
        Assert.Throws<UnreachableException>(() => ContextRules.Check(new(type, null, 0, 8, IsWrite: false, Newest)));
    }
}
