// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Trace.Running;

/// <summary>Commands of the shell that scripts run.</summary>
internal static class ShellCommand
{
    /// <summary>Runs a command to its end; returns what it wrote.</summary>
    public static byte[] Run(string command)
    {
        ProcessStartInfo start = new("/bin/sh") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
        using var process = Process.Start(start)!;
        using MemoryStream written = new();
        process.StandardOutput.BaseStream.CopyTo(written);
        process.WaitForExit();
        return written.ToArray();
    }
}
