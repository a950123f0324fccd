// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Prototypes;

namespace Ruche.Bpf.Verifier.Tests.Prototypes;

public sealed class KernelFunctionTests
{
    private const string KernelTypes = "/sys/kernel/btf/vmlinux";

    [Theory]
    [InlineData("bpf_task_acquire", KernelFunctionFlags.Acquire | KernelFunctionFlags.RcuArguments | KernelFunctionFlags.ReturnsNull)]
    [InlineData("bpf_task_release", KernelFunctionFlags.Release)]
    [InlineData("bpf_iter_num_next", KernelFunctionFlags.IteratorNext | KernelFunctionFlags.ReturnsNull)]
    [InlineData("bpf_rdonly_cast", KernelFunctionFlags.Fastcall)]
    [InlineData("bpf_obj_new", KernelFunctionFlags.Acquire | KernelFunctionFlags.ReturnsNull)]
    [InlineData("crash_kexec", KernelFunctionFlags.Destructive)]
    public void TheFlagsAreKnown(string name, KernelFunctionFlags expected) => Assert.Equal(expected, KernelFunctionTable.Find(name)?.Flags);

    [Fact]
    public void AnUnknownNameIsNoFunction() => Assert.Null(KernelFunctionTable.Find("bpf_no_such_thing"));

    [Theory]
    [InlineData("bpf_rcu_read_lock", ProgramType.SkReuseport, AttachType.SkReuseportSelect, true)]
    [InlineData("bpf_dynptr_from_xdp", ProgramType.Xdp, AttachType.Xdp, true)]
    [InlineData("bpf_dynptr_from_xdp", ProgramType.SchedCls, AttachType.TcxIngress, false)]
    [InlineData("bpf_path_d_path", ProgramType.Lsm, AttachType.LsmMac, true)]
    [InlineData("bpf_path_d_path", ProgramType.Tracing, AttachType.TraceFentry, false)]
    [InlineData("bpf_session_is_return", ProgramType.Kprobe, AttachType.TraceKprobeSession, true)]
    [InlineData("bpf_session_is_return", ProgramType.Kprobe, AttachType.TraceKprobeMulti, false)]
    [InlineData("bpf_sock_destroy", ProgramType.Tracing, AttachType.TraceIter, true)]
    [InlineData("bpf_task_from_pid", ProgramType.RawTracepoint, AttachType.TraceRawTp, false)]
    public void TheProgramCounts(string name, ProgramType type, AttachType attachment, bool expected) =>
        Assert.Equal(expected, KernelFunctionTable.Find(name)!.IsOpenTo(type, attachment));

    /// <summary>Kernels other than the one that the table describes have others.</summary>
    [Fact]
    [Trait("Category", "Kernel")]
    public void EveryFunctionThatTheKernelTagsIsKnown()
    {
        if (!File.Exists(KernelTypes)) Assert.Skip("the kernel has no BTF");
        if (Environment.OSVersion.Version is not { Major: 6, Minor: 18 }) Assert.Skip("the table is of Linux 6.18");
        var tagged = TaggedFunctions("bpf_kfunc");
        if (tagged.Count == 0) Assert.Skip("the kernel's BTF tags no functions");
        Assert.DoesNotContain(tagged, n => KernelFunctionTable.Find(n) is null);
    }

    [Fact]
    [Trait("Category", "Kernel")]
    public void EveryFunctionThatTheKernelTagsAsFastIsKnownAsFast()
    {
        if (!File.Exists(KernelTypes)) Assert.Skip("the kernel has no BTF");
        Assert.All(TaggedFunctions("bpf_fastcall"), n => Assert.True(KernelFunctionTable.Find(n)?.Flags.HasFlag(KernelFunctionFlags.Fastcall), n));
    }

    private static List<string> TaggedFunctions(string tag)
    {
        var types = BtfSpec.Read(File.ReadAllBytes(KernelTypes));
        return [.. types.Find(BtfKind.DeclTag, tag).Select(id => types.NameOf(((BtfType.DeclTag)types[id]).Target))];
    }
}
