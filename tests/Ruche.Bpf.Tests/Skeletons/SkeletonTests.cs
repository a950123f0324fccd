// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;

namespace Ruche.Bpf.Tests.Skeletons;

/// <summary>A generated skeleton, used as a program would.</summary>
public sealed class SkeletonTests : KernelTest
{
    private const int Calls = 50;

    public SkeletonTests() => Since(5, 12, "fetching what was added to");

    [Fact]
    public void A_skeleton_loads_attaches_and_is_read_by_its_members()
    {
        using var visits = VisitsObject.Open();
        visits.TargetPid = (uint)Environment.ProcessId;
        Assert.Equal(1ul, visits.Newest.Number);

        visits.Load();
        var outcomes = visits.Attach();
        MakeCalls();
        visits.Object.Links[0].Detach();

        Assert.True(Assert.Single(outcomes).IsAttached);
        Assert.True(visits.Total >= Calls);
        var last = visits.LastVisit[(uint)Environment.ProcessId];
        Assert.Equal(VisitsObject.Side.Enter, last.Side);
        Assert.Equal(12345u, last.Seen);
        Assert.Equal(0u, last.Failed);
        Assert.True(visits.Hits[1].Aggregate(0ul, (sum, count) => sum + count) >= Calls);
        Assert.Equal(12345u, visits.Newest.Seen);
        Assert.Equal("enter", visits.Enter.Name);
    }

    [Fact]
    public void One_program_is_attached_by_itself_until_its_link_is_disposed()
    {
        using var visits = VisitsObject.Open();
        visits.TargetPid = (uint)Environment.ProcessId;
        visits.Load();

        using (visits.Enter.Attach()) MakeCalls();
        ulong attached = visits.Total;
        MakeCalls();

        Assert.True(attached >= Calls);
        Assert.Equal(attached, visits.Total);
        Assert.Empty(visits.Object.Links);
    }

    [Fact]
    public async Task Records_are_read_by_their_type()
    {
        using var visits = VisitsObject.Open();
        visits.TargetPid = (uint)Environment.ProcessId;
        visits.IsLoud = true;
        visits.Load().Attach();
        MakeCalls();

        List<VisitsObject.Visit> seen = [];
        await foreach (var visit in visits.ReadVisitsAsync(TestContext.Current.CancellationToken))
        {
            seen.Add(visit);
            if (seen.Count == Calls) break;
        }

        Assert.All(seen, visit => Assert.Equal(VisitsObject.Side.Enter, visit.Side));
        Assert.Equal(seen.Count, seen.Select(visit => visit.Number).Distinct().Count());
    }

    [Fact]
    public void Variables_are_written_while_the_program_runs_and_constants_are_not()
    {
        using var visits = VisitsObject.Load();
        var motto = visits.Motto;
        "live"u8.CopyTo(motto);

        visits.Motto = motto;
        visits.Total = 7;

        Assert.Equal("live", visits.Motto.ToString());
        Assert.Equal(7ul, visits.Total);
        var refused = Assert.Throws<InvalidOperationException>(() => visits.TargetPid = 1);
        Assert.Contains("'target_pid' is constant", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ObjectPhase.Loaded, visits.Object.Phase);
    }

    // Looking at a file that is not there takes at least one system call.
    private static void MakeCalls()
    {
        for (int i = 0; i < Calls; i++) _ = File.Exists("/nowhere/ruche");
    }
}
