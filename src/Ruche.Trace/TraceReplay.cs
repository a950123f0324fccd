// SPDX-License-Identifier: MIT
using Ruche.Trace.Recording;
using Ruche.Trace.Running;

namespace Ruche.Trace;

/// <summary>
/// Runs a script in the machine on the firings of a recording: its programs are given what those of the recording were given, and it prints what it
/// makes of that. Not thread-safe.
/// </summary>
public sealed class TraceReplay : IDisposable
{
    private readonly TraceRecording _recording;
    private readonly MachineHost _host;
    private readonly ScriptSession _session;

    private TraceReplay(CompiledTrace script, TraceRecording recording, TraceRunOptions options)
    {
        (_recording, _host) = (recording, new(script, recording));
        HostAnswers answers = new(recording: recording);
        _session = new(script, options, _host, answers, answers.Symbols(null));
    }

    /// <summary>Loads a script into the machine. It must be compiled with a recording.</summary>
    /// <exception cref="ArgumentException">The script was compiled for the kernel.</exception>
    public static TraceReplay Load(CompiledTrace script, TraceRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(options);
        if (script.Options.Recording is not { } recording) throw new ArgumentException("the script is compiled for the kernel, not with a recording", nameof(script));
        return new(script, recording, options);
    }

    /// <summary>Runs all firings of the recording, and prints the maps.</summary>
    /// <returns>What the script gave to <c>exit</c>; 0 otherwise.</returns>
    /// <exception cref="InvalidOperationException">A program does what the machine cannot do.</exception>
    public int Run(CancellationToken cancellationToken)
    {
        foreach (var item in _recording.Items)
        {
            if (cancellationToken.IsCancellationRequested) break;
            switch (item.Part)
            {
                case RecordingPart.Firing: _host.Run(item.Firing!); break;
                case RecordingPart.MapEvent: _host.Permit(); break;
                case RecordingPart.Detached:
                    _host.ConsumeAll(_session.Dispatcher);
                    _session.Dispatcher.Resume();
                    break;
            }

            _host.Consume(_session.Dispatcher);
        }

        _host.ConsumeAll(_session.Dispatcher);
        _session.PrintMaps();
        _session.ReportLosses();
        if (_recording.Lost > 0) _session.Tell($"{_recording.Lost} firings are not in the recording: they found no room when it was made");
        if (!_recording.IsComplete) _session.Tell("the recording was cut off: what came then is not in it");
        if (_host.Missing > 0) _session.Tell($"{_host.Missing} times the script asked for what is not in the recording; make a new one with the script as it is now");
        _session.Output.Flush();
        return _session.Dispatcher.ExitCode ?? 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _host.Dispose();
    }
}
