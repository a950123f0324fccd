// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Cli.Trace;

/// <summary>A process that a script looks at and that somebody else started.</summary>
internal static class WatchedProcess
{
    /// <summary>Cancels when a process has exited.</summary>
    public static void WhenGone(int pid, CancellationTokenSource stop)
    {
        try
        {
            var process = Process.GetProcessById(pid);
            _ = process.WaitForExitAsync(stop.Token).ContinueWith(_ => stop.Cancel(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }
        catch (ArgumentException)
        {
            throw new CommandFailure(ExitCode.Usage, $"there is no process {pid}");
        }
    }
}
