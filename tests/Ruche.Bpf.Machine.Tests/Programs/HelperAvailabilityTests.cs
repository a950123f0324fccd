// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Machine.Helpers;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <summary>What programs of a type may call, held against the live kernel.</summary>
public sealed class HelperAvailabilityTests : KernelTest
{
    private static readonly Version Described = new(6, 18);

    [Fact]
    public void The_kernel_says_the_same_of_each_type_and_helper()
    {
        Version kernel = new(KernelVersion.Current.Major, KernelVersion.Current.Minor);
        Assert.SkipUnless(kernel == Described, $"the table is of Linux {Described}, and this is {kernel}");
        List<string> differences = [];
        int compared = 0;

        foreach (var type in Enum.GetValues<ProgramType>())
        {
            foreach (var helper in Enum.GetValues<HelperId>())
            {
                if (helper is HelperId.Unspec || HelperAvailability.IsAvailable(type, helper) is not { } expected) continue;
                var said = KernelFeatures.Helper(type, helper).Ask();
                if (said is Support.Unknown) continue;
                compared++;
                if ((said is Support.Yes) != expected) differences.Add($"{type} {helper}: the kernel says {said}");
            }
        }

        Assert.Empty(differences);
        Assert.True(compared > 5000, $"{compared} answers");
    }

    [Theory]
    [InlineData(ProgramType.Xdp, HelperId.SkbLoadBytes, false)]
    [InlineData(ProgramType.SchedCls, HelperId.SkbLoadBytes, true)]
    [InlineData(ProgramType.SchedCls, HelperId.GetStackid, false)]
    [InlineData(ProgramType.Kprobe, HelperId.GetStackid, true)]
    [InlineData(ProgramType.SocketFilter, HelperId.SkbStoreBytes, false)]
    [InlineData(ProgramType.Tracing, HelperId.GetStackid, true)]
    public void Programs_have_the_helpers_of_their_type(ProgramType type, HelperId helper, bool expected) =>
        Assert.Equal(expected, StandardHelpers.For(type).Helpers.Contains(helper));
}
