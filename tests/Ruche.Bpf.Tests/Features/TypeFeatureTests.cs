// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Features;

public sealed class TypeFeatureTests : KernelTest
{
    // Built in by choice of who configures the kernel: infrared remotes, segment routing.
    private static readonly ProgramType[] Optional = [ProgramType.LircMode2, ProgramType.LwtSeg6Local];

    public static TheoryData<ProgramType> ProgramTypes => [.. Enum.GetValues<ProgramType>().Where(type => type is not ProgramType.Unspec)];

    public static TheoryData<MapType> MapTypes => [.. Enum.GetValues<MapType>().Where(type => type is not MapType.Unspec)];

    [Theory]
    [MemberData(nameof(ProgramTypes))]
    public void A_kernel_that_is_new_enough_knows_the_program_type(ProgramType type)
    {
        FeatureProbe feature = KernelFeatures.Program(type);
        Assert.SkipWhen(type is ProgramType.Lsm or ProgramType.Ext && feature.Ask() is Support.Unknown, "this kernel refuses such programs, and does not say more");

        Check(feature, Optional.Contains(type));
    }

    [Theory]
    [MemberData(nameof(MapTypes))]
    public void A_kernel_that_is_new_enough_knows_the_map_type(MapType type)
    {
        Assert.SkipWhen(type is MapType.Arena && ProcessorLacksArenas, "the processor has no cmpxchg16b");

        Check(KernelFeatures.Map(type), isOptional: false);
    }

    [Theory]
    [InlineData(ProgramType.Xdp, HelperId.XdpAdjustHead, Support.Yes)]
    [InlineData(ProgramType.Xdp, HelperId.SkbLoadBytes, Support.No)]
    [InlineData(ProgramType.RawTracepoint, HelperId.GetCurrentTask, Support.Yes)]
    [InlineData(ProgramType.RawTracepoint, HelperId.XdpAdjustHead, Support.No)]
    [InlineData(ProgramType.SchedCls, HelperId.SkbLoadBytes, Support.Yes)]
    [InlineData(ProgramType.SocketFilter, HelperId.MapLookupElem, Support.Yes)]
    [InlineData(ProgramType.Tracing, HelperId.MapLookupElem, Support.Unknown)] // without a target it gets no answer
    public void A_helper_is_for_some_types_only(ProgramType type, HelperId helper, Support expected) =>
        Assert.Equal(expected, KernelFeatures.Helper(type, helper).Ask());

    [Theory]
    [InlineData(ProgramType.RawTracepoint, "bpf_rcu_read_lock", default(AttachType), Support.Yes)]
    [InlineData(ProgramType.RawTracepoint, "vfs_read", default(AttachType), Support.No)]
    [InlineData(ProgramType.RawTracepoint, "bpf_no_such_function", default(AttachType), Support.No)]
    [InlineData(ProgramType.Tracing, "bpf_sock_destroy", AttachType.TraceIter, Support.Yes)]
    [InlineData(ProgramType.Tracing, "bpf_sock_destroy", AttachType.TraceFentry, Support.No)]
    [InlineData(ProgramType.Tracing, "bpf_task_acquire", AttachType.TraceFentry, Support.Yes)]
    public void A_function_of_the_kernel_is_for_some_programs_only(ProgramType type, string function, AttachType hook, Support expected)
    {
        Assert.SkipUnless(KernelVersion.Current >= new Version(6, 12), "older kernels lack some of these functions");

        Assert.Equal(expected, KernelFeatures.Kfunc(type, function, hook).Ask());
    }

    [Fact]
    public void Bpftool_sees_the_same_types()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/bpftool"), "bpftool is not installed");

        var told = Shell.Run("bpftool", "feature", "probe", "kernel").Split('\n')
            .Where(line => line.StartsWith("eBPF map_type ", StringComparison.Ordinal))
            .ToDictionary(line => line.Split(' ')[2].Replace("_", "", StringComparison.Ordinal), line => line.EndsWith("is available", StringComparison.Ordinal));

        Assert.True(told.Count > 20);
        Assert.All(Enum.GetValues<MapType>().Where(type => told.ContainsKey(type.ToString().ToLowerInvariant())), type =>
            Assert.Equal(told[type.ToString().ToLowerInvariant()] ? Support.Yes : Support.No, KernelFeatures.Map(type).Ask()));
    }

    private static void Check(FeatureProbe feature, bool isOptional)
    {
        Support support = feature.Ask();

        if (isOptional) Assert.NotEqual(Support.Unknown, support);
        else Assert.Equal(KernelVersion.Current >= feature.Introduced ? Support.Yes : Support.No, support);
    }
}
