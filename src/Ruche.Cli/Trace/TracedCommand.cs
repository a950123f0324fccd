// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Cli.Trace;

/// <summary>
/// A command that is traced from its first instruction on. Its process waits, as a shell that reads a line, until everything is attached; then the
/// shell becomes the command, with the standard input that this process has.
/// </summary>
internal sealed class TracedCommand : IDisposable
{
    private readonly Process _process;
    private readonly Lock _gate = new();
    private Action? _exited;

    private TracedCommand(Process process) => _process = process;

    /// <summary>The number of the process, which is the command's too.</summary>
    public int Pid => _process.Id;

    /// <summary>Starts the process that will be the command.</summary>
    public static TracedCommand Prepare(string command)
    {
        ProcessStartInfo start = new("/bin/sh") { RedirectStandardInput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"read -r _ || exit; [ -e /proc/$PPID/fd/0 ] && exec < /proc/$PPID/fd/0; exec {command}");
        return new(Process.Start(start)!);
    }

    /// <summary>Lets the command begin.</summary>
    /// <param name="exited">Called when it has exited.</param>
    public void Start(Action exited)
    {
        _exited = exited;
        _process.Exited += (_, _) =>
        {
            lock (_gate) _exited?.Invoke();
        };
        _process.EnableRaisingEvents = true;
        _process.StandardInput.Write('\n');
        _process.StandardInput.Close();
    }

    /// <summary>Tells nobody any more that the command has exited.</summary>
    public void Forget()
    {
        lock (_gate) _exited = null;
    }

    /// <summary>Ends the process when it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
