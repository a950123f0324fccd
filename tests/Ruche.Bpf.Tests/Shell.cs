// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Bpf.Tests;

/// <summary>Runs the tools of the system under test.</summary>
internal static class Shell
{
    /// <summary>Runs a command that must succeed, and returns what it printed.</summary>
    public static string Run(string command, params ReadOnlySpan<string> arguments)
    {
        var (code, output, errors) = Start(command, arguments);
        Assert.True(code == 0, $"{command} {string.Join(' ', arguments)}: {errors}");
        return output;
    }

    /// <summary>Runs a command that may fail.</summary>
    public static bool TryRun(string command, params ReadOnlySpan<string> arguments) => Start(command, arguments).Code == 0;

    private static (int Code, string Output, string Errors) Start(string command, ReadOnlySpan<string> arguments)
    {
        ProcessStartInfo start = new(command) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
