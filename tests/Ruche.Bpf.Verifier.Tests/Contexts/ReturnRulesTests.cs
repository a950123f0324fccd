// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Contexts;
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Tests.Contexts;

public sealed class ReturnRulesTests
{
    private static readonly KernelRelease Newest = new(6, 18);

    // Recorded from Linux 6.18 with programs that only return, except for fentry, fexit, modify_return and LSM programs.
    [Theory]
    [InlineData(ProgramType.CgroupSkb, AttachType.CgroupInetIngress, 0, 1)]
    [InlineData(ProgramType.CgroupSkb, AttachType.CgroupInetEgress, 0, 3)]
    [InlineData(ProgramType.CgroupSkb, null, 0, 1)]
    [InlineData(ProgramType.CgroupSock, AttachType.CgroupInetSockCreate, 0, 1)]
    [InlineData(ProgramType.CgroupSock, AttachType.CgroupInet6PostBind, 0, 1)]
    [InlineData(ProgramType.CgroupSockAddr, AttachType.CgroupInet4Bind, 0, 3)]
    [InlineData(ProgramType.CgroupSockAddr, AttachType.CgroupInet6Bind, 0, 3)]
    [InlineData(ProgramType.CgroupSockAddr, AttachType.CgroupInet4Connect, 0, 1)]
    [InlineData(ProgramType.CgroupSockAddr, AttachType.CgroupUdp6SendMsg, 0, 1)]
    [InlineData(ProgramType.CgroupSockAddr, AttachType.CgroupUdp4RecvMsg, 1, 1)]
    [InlineData(ProgramType.CgroupSockAddr, AttachType.CgroupInet6GetPeerName, 1, 1)]
    [InlineData(ProgramType.CgroupSockAddr, AttachType.CgroupInet4GetSockName, 1, 1)]
    [InlineData(ProgramType.CgroupSockAddr, AttachType.CgroupUnixConnect, 0, 1)]
    [InlineData(ProgramType.CgroupSockAddr, AttachType.CgroupUnixRecvMsg, 1, 1)]
    [InlineData(ProgramType.CgroupSockAddr, AttachType.CgroupUnixGetPeerName, 1, 1)]
    [InlineData(ProgramType.CgroupSockAddr, AttachType.CgroupUnixGetSockName, 1, 1)]
    [InlineData(ProgramType.SockOps, AttachType.CgroupSockOps, 0, 1)]
    [InlineData(ProgramType.SkLookup, AttachType.SkLookup, 0, 1)]
    [InlineData(ProgramType.CgroupSysctl, AttachType.CgroupSysctl, 0, 1)]
    [InlineData(ProgramType.CgroupSockOpt, AttachType.CgroupGetSockOpt, 0, 1)]
    [InlineData(ProgramType.CgroupDevice, AttachType.CgroupDevice, 0, 1)]
    [InlineData(ProgramType.Kprobe, AttachType.TraceKprobeSession, 0, 1)]
    [InlineData(ProgramType.Kprobe, AttachType.TraceUprobeSession, 0, 1)]
    [InlineData(ProgramType.Netfilter, AttachType.Netfilter, 0, 1)]
    [InlineData(ProgramType.Tracing, AttachType.TraceFentry, 0, 0)]
    [InlineData(ProgramType.Tracing, AttachType.TraceFexit, 0, 0)]
    [InlineData(ProgramType.Tracing, AttachType.TraceIter, 0, 1)]
    public void A_range_is_the_kernels(ProgramType type, AttachType? hook, int least, int greatest)
    {
        ReturnRange? range = ReturnRules.For(type, hook, "", Newest);

        Assert.Equal((least, greatest), (range?.Least, range?.Greatest));
        Assert.False(range?.Meaning.EndsWith('.'));
    }

    [Theory]
    [InlineData(ProgramType.Xdp, AttachType.Xdp)]
    [InlineData(ProgramType.SchedCls, AttachType.TcxIngress)]
    [InlineData(ProgramType.SocketFilter, null)]
    [InlineData(ProgramType.Kprobe, null)]
    [InlineData(ProgramType.Kprobe, AttachType.TraceKprobeMulti)]
    [InlineData(ProgramType.Tracepoint, null)]
    [InlineData(ProgramType.RawTracepoint, null)]
    [InlineData(ProgramType.PerfEvent, AttachType.PerfEvent)]
    [InlineData(ProgramType.LwtIn, null)]
    [InlineData(ProgramType.SkSkb, AttachType.SkSkbVerdict)]
    [InlineData(ProgramType.SkMsg, AttachType.SkMsgVerdict)]
    [InlineData(ProgramType.SkReuseport, AttachType.SkReuseportSelect)]
    [InlineData(ProgramType.FlowDissector, AttachType.FlowDissector)]
    [InlineData(ProgramType.Syscall, null)]
    [InlineData(ProgramType.Tracing, AttachType.TraceRawTp)]
    [InlineData(ProgramType.Tracing, AttachType.ModifyReturn)]
    [InlineData(ProgramType.Ext, null)]
    [InlineData(ProgramType.StructOps, null)]
    public void Others_may_return_anything(ProgramType type, AttachType? hook) => Assert.Null(ReturnRules.For(type, hook, "", Newest));

    [Theory]
    [InlineData("bpf_lsm_file_open", AttachType.LsmMac, -4095, 0)]
    [InlineData("file_open", AttachType.LsmMac, -4095, 0)]
    [InlineData("inode_xattr_skipcap", AttachType.LsmMac, 0, 1)]
    [InlineData("socket_bind", AttachType.LsmCgroup, 0, 1)]
    [InlineData("sk_clone_security", AttachType.LsmCgroup, 1, 1)]
    public void A_security_hook_decides_what_its_programs_return(string hook, AttachType attach, int least, int greatest)
    {
        ReturnRange? range = ReturnRules.For(ProgramType.Lsm, attach, hook, Newest);

        Assert.Equal((least, greatest), (range?.Least, range?.Greatest));
    }

    [Fact]
    public void Security_hooks_that_return_nothing_and_those_of_older_kernels_take_anything()
    {
        Assert.Null(ReturnRules.For(ProgramType.Lsm, AttachType.LsmMac, "task_free", Newest));
        Assert.Null(ReturnRules.For(ProgramType.Lsm, AttachType.LsmMac, "file_open", new KernelRelease(6, 11)));
    }

    [Fact]
    public void Binding_past_privileges_came_later() =>
        Assert.Equal(1, ReturnRules.For(ProgramType.CgroupSockAddr, AttachType.CgroupInet4Bind, "", new KernelRelease(5, 11))?.Greatest);

    [Fact]
    public void Only_the_low_half_of_what_security_hooks_return_counts()
    {
        ReturnRange hook = Assert.NotNull(ReturnRules.For(ProgramType.Lsm, AttachType.LsmMac, "file_open", Newest));
        ReturnRange packet = Assert.NotNull(ReturnRules.For(ProgramType.CgroupSkb, null, "", Newest));

        Assert.True(hook.Contains(0xffff_ffff)); // -1 as a 32-bit number
        Assert.False(packet.Contains(0x1_0000_0001));
        Assert.True(hook.Contains(-4095, 0));
        Assert.False(hook.Contains(-4095, 1));
    }

    [Fact]
    [Trait("Category", "Kernel")]
    public void The_kernel_has_the_same_security_hooks_that_return_nothing()
    {
        const string Types = "/sys/kernel/btf/vmlinux", Prefix = "bpf_lsm_";
        if (!File.Exists(Types)) Assert.Skip($"needs {Types}");
        Assert.SkipUnless(Environment.OSVersion.Version is { Major: 6, Minor: 18 }, "other kernels have other hooks");
        var kernel = BtfSpec.Read(File.ReadAllBytes(Types));

        List<string> silent = [];
        for (int id = 1; id < kernel.Count; id++)
        {
            if (kernel[id] is not BtfType.Function function || !function.Name.StartsWith(Prefix, StringComparison.Ordinal)) continue;
            if (kernel[function.Prototype] is BtfType.FunctionPrototype { Return: 0 }) silent.Add(function.Name[Prefix.Length..]);
        }

        // Not a hook: it finds what a program is attached to.
        Assert.Subset(SecurityHooks.OfNothing.ToHashSet(), silent.Where(name => name != "find_cgroup_shim").ToHashSet());
    }
}
