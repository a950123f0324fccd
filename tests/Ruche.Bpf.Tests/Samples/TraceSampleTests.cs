// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Buffers;

namespace Ruche.Bpf.Tests.Samples;

public sealed class TraceSampleTests : KernelTest
{
    private const int Calls = 200;

    [Fact]
    public void Counts_the_system_calls_of_this_process()
    {
        using var sample = Sample.Load("syscall_tracer");
        sample.Attach();

        MakeCalls();

        var counts = sample.HashMap<int, ulong>("syscall_count");
        Assert.True(counts[Environment.ProcessId] >= Calls);
    }

    [Fact]
    public void Draws_the_latencies_of_the_process_that_is_asked_for()
    {
        using var sample = Sample.Open("syscall_latency");
        sample.Global<uint>("target_pid").Value = (uint)Environment.ProcessId;
        sample.Load().Attach();

        MakeCalls();

        var slots = sample.Array<ulong>("latency_hist");
        Assert.True(slots.Aggregate(0ul, (sum, count) => sum + count) >= Calls);
    }

    [Fact]
    public void Reports_a_program_that_is_started_with_its_arguments()
    {
        using var sample = Sample.Load("execsnoop");
        sample.Attach();
        using RingBufferReader reader = new(sample.Map("events"));

        Shell.Run("sh", "-c", "true ruche-argument");

        List<Started> seen = [];
        reader.Consume(record => seen.Add(Started.Read(record)));
        var started = Assert.Single(seen, s => s.Arguments.Contains("true ruche-argument", StringComparison.Ordinal));
        Assert.Equal(Environment.ProcessId, started.ParentPid);
        Assert.EndsWith("/sh", started.Filename, StringComparison.Ordinal);
        Assert.Equal("sh -c true ruche-argument", started.Arguments);
    }

    // Looking at a file that is not there takes at least one system call.
    private static void MakeCalls()
    {
        for (int i = 0; i < Calls; i++) _ = File.Exists("/nowhere/ruche");
    }

    private sealed record Started(int ParentPid, string Filename, string Arguments)
    {
        // The layout of struct exec_event.
        public static Started Read(ReadOnlySpan<byte> record) =>
            new(BitConverter.ToInt32(record[12..]), Text(record[40..168]), Text(record[168..424]).Replace('\0', ' '));

        private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).TrimEnd('\0');
    }
}
