// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Tracing;

namespace Ruche.Bpf.Tests.Tracing;

/// <summary>Reads a tracing instance of its own, so that nobody else's lines are taken.</summary>
public sealed class TracePipeTests : KernelTest, IDisposable
{
    private readonly string _name = $"ruche-tests-{Environment.ProcessId}";
    private readonly string _directory;

    public TracePipeTests()
    {
        _directory = $"{KernelFileSystems.Tracing()}/instances/{_name}";
        Directory.CreateDirectory(_directory);
    }

    public void Dispose() => Directory.Delete(_directory);

    [Fact]
    public async Task Lines_arrive_as_they_are_written()
    {
        using TracePipe pipe = new(_name);
        Task writing = Task.Run(() => Mark("bees: α\nhoney\n"), TestContext.Current.CancellationToken);

        List<string> lines = [];
        await foreach (string line in pipe.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (!line.Contains('#', StringComparison.Ordinal)) lines.Add(line);
            if (line.Contains("honey", StringComparison.Ordinal)) break;
        }

        await writing;
        Assert.Contains(lines, line => line.EndsWith("bees: α", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        using TracePipe pipe = new(_name);
        using CancellationTokenSource source = new();

        Task<int> reading = Count(pipe, source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task Disposing_ends_the_lines()
    {
        TracePipe pipe = new(_name);

        Task<int> reading = Count(pipe, TestContext.Current.CancellationToken);
        pipe.Dispose();

        Assert.Equal(0, await reading);
    }

    [Fact]
    public void A_missing_instance_is_named()
    {
        var error = Assert.Throws<BpfException>(() => new TracePipe("no-such-instance"));

        Assert.Equal(Errno.ENOENT, error.Errno);
        Assert.Contains("no-such-instance", error.Message, StringComparison.Ordinal);
    }

    private static async Task<int> Count(TracePipe pipe, CancellationToken cancellationToken)
    {
        int count = 0;
        await foreach (string _ in pipe.ReadAllAsync(cancellationToken)) count++;
        return count;
    }

    private void Mark(string text) => File.WriteAllText($"{_directory}/trace_marker", text);
}
