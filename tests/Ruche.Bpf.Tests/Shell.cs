// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Bpf.Tests;

/// <summary>Runs the tools of the system under test.</summary>
internal static class Shell
{
    /// <summary>Runs a command that must succeed, and returns what it printed.</summary>
    public static string Run(string command, params ReadOnlySpan<string> arguments)
    {
        var (code, output, errors) = Start(command, arguments, "");
        Assert.True(code == 0, $"{command} {string.Join(' ', arguments)}: {errors}");
        return output;
    }

    /// <summary>Runs a command that may fail.</summary>
    public static bool TryRun(string command, params ReadOnlySpan<string> arguments) => Start(command, arguments, "").Code == 0;

    /// <summary>Runs a command that reads lines.</summary>
    public static void RunBatch(ReadOnlySpan<string> command, string lines, bool mayFail = false)
    {
        var (code, _, errors) = Start(command[0], command[1..], lines);
        Assert.True(mayFail || code == 0, $"{string.Join(' ', command)}: {errors}");
    }

    private static (int Code, string Output, string Errors) Start(string command, ReadOnlySpan<string> arguments, string input)
    {
        ProcessStartInfo start = new(command) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        if (input.Length > 0) process.StandardInput.WriteLine(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
