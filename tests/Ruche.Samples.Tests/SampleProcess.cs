// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Ruche.Architecture.Tests;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Tests.Networking;

namespace Ruche.Samples.Tests;

/// <summary>A sample as a user runs it.</summary>
internal sealed class SampleProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];

    private SampleProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _lines.Writer.TryWrite(line.Data ?? "\0");
        _process.ErrorDataReceived += (_, line) => _ = line.Data is not null && _lines.Writer.TryWrite(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public static SampleProcess Start(string name, params ReadOnlySpan<string> arguments) => new(Describe(PathOf(name), arguments));

    /// <summary>Runs it where the interfaces are those of a namespace.</summary>
    public static SampleProcess StartIn(NetworkNamespace space, string name, params ReadOnlySpan<string> arguments) =>
        new(Describe("nsenter", [$"--net={space.Path}", PathOf(name), .. arguments]));

    /// <summary>Waits for a line with some text in it.</summary>
    public async Task<string> WaitAsync(string text)
    {
        using CancellationTokenSource patience = new(Patience);
        try
        {
            await foreach (string line in _lines.Reader.ReadAllAsync(patience.Token))
            {
                _seen.Add(line);
                if (line.Contains(text, StringComparison.Ordinal)) return line;
                if (line == "\0") break;
            }
        }
        catch (OperationCanceledException)
        {
            // Told below, with what came instead.
        }

        throw new InvalidOperationException($"no line with '{text}' came, but:\n{string.Join('\n', _seen)}");
    }

    /// <summary>Waits for a line while something is done again and again, from another thread.</summary>
    public async Task<string> WaitAsync(string text, Action again)
    {
        using CancellationTokenSource stop = new();
        Task acts = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) again();
        });
        string line = await WaitAsync(text);
        await stop.CancelAsync();
        await acts;
        return line;
    }

    /// <summary>As Ctrl-C; returns the exit status.</summary>
    public int Interrupt()
    {
        Shell.Run("kill", "-INT", _process.Id.ToString(CultureInfo.InvariantCulture));
        return Exit();
    }

    public int Exit()
    {
        Assert.True(_process.WaitForExit(Patience), "it does not end");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static string PathOf(string name) => Path.Combine(Repository.Root, "artifacts/bin", name, "debug", name);

    private static ProcessStartInfo Describe(string command, ReadOnlySpan<string> arguments) => new(command, [.. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
}
