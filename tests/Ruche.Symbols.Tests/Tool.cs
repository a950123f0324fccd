// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;

namespace Ruche.Symbols.Tests;

/// <summary>Programs of the host that tests compare with, or make their files with.</summary>
internal static class Tool
{
    /// <summary>Skips the test when a program is missing.</summary>
    public static void Require(params ReadOnlySpan<string> programs)
    {
        string[] directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        foreach (string program in programs)
            Assert.SkipUnless(directories.Any(directory => File.Exists(Path.Combine(directory, program))), $"{program} is not installed");
    }

    /// <summary>Runs a program, gives it bytes, and returns what it writes; fails the test when it fails.</summary>
    public static byte[] Run(string program, string[] arguments, byte[]? input = null)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new Win32Exception($"{program} did not start");
        var errors = process.StandardError.ReadToEndAsync();
        MemoryStream output = new();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        process.StandardInput.BaseStream.Write(input ?? []);
        process.StandardInput.Close();
        process.WaitForExit();
        reading.Wait();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output.ToArray();
    }
}
