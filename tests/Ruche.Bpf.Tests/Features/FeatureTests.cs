// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;

namespace Ruche.Bpf.Tests.Features;

public sealed class FeatureTests : KernelTest
{
    public static TheoryData<string> Names => [.. KernelFeatures.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_kernel_that_is_new_enough_says_yes(string name)
    {
        FeatureProbe feature = KernelFeatures.All.Single(f => f.Name == name);

        Support support = feature.Ask();
        Assert.SkipWhen(feature == KernelFeatures.KprobeMulti && support is Support.No, "this kernel is built without fprobe");
        Assert.SkipWhen(feature == KernelFeatures.Arena && ProcessorLacksArenas, "the processor has no cmpxchg16b");

        Assert.Equal(KernelVersion.Current >= feature.Introduced ? Support.Yes : Support.No, support);
    }

    [Fact]
    public void Only_a_conclusive_answer_is_kept()
    {
        Queue<Support> answers = new([Support.Unknown, Support.No, Support.Yes]);
        FeatureProbe probe = new("anything", new(1, 0), answers.Dequeue);

        Support[] asked = [probe.Ask(), probe.Ask(), probe.Ask()];

        Assert.Equal([Support.Unknown, Support.No, Support.No], asked);
    }

    [Theory]
    [InlineData("6.18.44-fc-v595", "#1 SMP", null, "6.18.44")]
    [InlineData("6.1.0-18-amd64\n", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)\n", null, "6.1.76")]
    [InlineData("5.4.0-12-generic", "#15-Ubuntu SMP", "Ubuntu 5.4.0-12.15-generic 5.4.8\n", "5.4.8")]
    [InlineData("7.2-rc1", "#1", null, "7.2.0")]
    public void The_version_is_what_programs_must_see(string release, string build, string? signature, string version) =>
        Assert.Equal(Version.Parse(version), KernelVersion.Parse(release, build, signature));
}
