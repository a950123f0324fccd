// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ruche.Cli.Tests;

/// <summary>Runs shell lines with <c>ruche</c> on the PATH, and in variables the places that cases speak of.</summary>
internal sealed class Shell : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process _process;

    private Shell(Process process) => _process = process;

    /// <summary>Starts a line that runs until it is disposed.</summary>
    public static Shell Start(string line)
    {
        Process process = Process.Start(Info(line, redirect: false))!;
        return new Shell(process);
    }

    /// <summary>Runs a line to its end.</summary>
    public static async Task<ShellResult> RunAsync(string line)
    {
        using Process process = Process.Start(Info(line, redirect: true))!;
        using CancellationTokenSource patience = new(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"still running after {Patience.TotalSeconds} s: {line}");
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static ProcessStartInfo Info(string line, bool redirect)
    {
        ProcessStartInfo info = new("/bin/bash", ["-c", line]) { RedirectStandardOutput = redirect, RedirectStandardError = redirect };
        info.Environment["PATH"] = $"{Path.GetDirectoryName(Host.Binary)}:{Environment.GetEnvironmentVariable("PATH")}";
        info.Environment["ROOT"] = Host.Root;
        info.Environment["SAMPLES"] = Path.Combine(Host.Root, "samples", "c");
        info.Environment["SEEDS"] = Path.Combine(Host.Shared, "seed-cases");
        info.Environment["CASES"] = Path.Combine(AppContext.BaseDirectory, "Cases");
        // Where Debian keeps asm/types.h, for the clang of cases.
        info.Environment["C_INCLUDE_PATH"] = $"/usr/include/{(RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? "aarch64" : "x86_64")}-linux-gnu";
        return info;
    }
}
