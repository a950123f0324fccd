// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;

namespace Ruche.Bpf.Tests.Links;

public sealed class TraceEventsTests : KernelTest
{
    [Fact]
    public void The_kernel_lists_its_trace_points()
    {
        var all = TraceEvents.All();

        Assert.Contains(new("sched", "sched_switch"), all);
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.DoesNotContain(all, e => e.Category == "ftrace");
    }

    [Fact]
    public void A_trace_point_exists_if_it_is_listed()
    {
        Assert.True(TraceEvents.Exists("sched", "sched_switch"));
        Assert.False(TraceEvents.Exists("sched", "sched_swish"));
        Assert.False(TraceEvents.Exists("ftrace", "function"));
    }

    [Fact]
    public void The_kernel_tells_the_fields_of_a_trace_point() =>
        Assert.Contains("field:char prev_comm[", TraceEvents.FormatOf("sched", "sched_switch"), StringComparison.Ordinal);

    [Fact]
    public void The_fields_of_a_trace_point_that_is_missing_are_refused_with_similar_names()
    {
        var refused = Assert.Throws<BpfException>(() => TraceEvents.FormatOf("sched", "sched_swich"));

        Assert.Equal(Errno.ENOENT, refused.Errno);
        Assert.Equal("category 'sched' has no such trace point; did you mean 'sched:sched_switch'?", refused.Hint);
    }
}
