// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;

namespace Ruche.Symbols.Tests;

/// <summary>A process that has said where its functions are, and waits.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly Process _process;

    private RunningProgram(Process process) => _process = process;

    public int Id => _process.Id;

    public Dictionary<string, ulong> Addresses { get; } = [];

    public static RunningProgram Start(string program, params string[] arguments) => Start(new ProcessStartInfo(program, arguments));

    public static RunningProgram Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        RunningProgram running = new(Process.Start(start)!);
        while (running._process.StandardOutput.ReadLine() is { } line)
        {
            string[] parts = line.Split(' ');
            if (parts.Length != 2) continue;
            if (parts[0] == "ready") return running;
            running.Addresses[parts[0]] = ulong.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        throw new InvalidOperationException($"{start.FileName} ended before it was ready");
    }

    /// <summary>Lets it end, and waits until it is gone.</summary>
    public void Stop()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Stop();
        _process.Dispose();
    }
}
