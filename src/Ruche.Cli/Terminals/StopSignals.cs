// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf;

namespace Ruche.Cli.Terminals;

/// <summary>Turns Ctrl-C, SIGTERM and SIGHUP into a cancellation, so that a run detaches everything before it ends.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals()
    {
        InterruptSignal.Restore();
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ExitCode.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ExitCode.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, ExitCode.Terminated)),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>The exit code that tells which signal it was; null when there was none.</summary>
    public int? Exit { get; private set; }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context, int exit)
    {
        context.Cancel = true;
        Exit ??= exit;
        _stop.Cancel();
    }
}
