// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf;
using Ruche.Bpf.Links;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Pins;
using Ruche.Bpf.Programs;
using Ruche.Trace.Lowering;
using Ruche.Trace.Probes;
using Ruche.Trace.Recording;
using Ruche.Trace.Running;
using Ruche.Trace.Unwinding;

namespace Ruche.Trace;

/// <summary>A script in the kernel, from loading to its end. Disposing it takes everything out of the kernel again. Not thread-safe.</summary>
public sealed partial class TraceRun : IDisposable
{
    // Programs do not wake readers up for each event: that would cost more than the event.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(32);

    private readonly CompiledTrace _script;
    private readonly TraceRunOptions _options;
    private readonly KernelHost _host;
    private readonly SymbolNames _symbols;
    private readonly ScriptSession _session;
    private readonly KernelTape? _tape;
    private readonly List<BpfLink> _links = [];
    private readonly List<PosixSignalRegistration> _signals = [];

    private TraceRun(CompiledTrace script, TraceRunOptions options, BpfObject loaded)
    {
        (_script, _options, _host) = (script, options, new(loaded, script.Plan));
        BitConverter.TryWriteBytes(_host.Shared[SharedState.StartTime..], KernelClock.SinceBoot);
        BitConverter.TryWriteBytes(_host.Shared[SharedState.BootedAt..], KernelClock.BootedAt);
        _symbols = new(loaded, script.Plan.Stacks);

        // The child of a command is not that command yet: it is learnt of when its first stack is told.
        if (_symbols.Unwinding is { } unwinding && script.Options.Pid is { } watched) unwinding.Learn(watched);
        HostAnswers answers = new(script.Options.Recorder);
        _session = new(script, options, _host, answers, answers.Symbols(_symbols));
        if (script.Options.Recorder is not { } recorder) return;
        recorder.Start(_host.Shared[..SharedState.Size]);
        _tape = new(loaded, recorder);
        _session.Dispatcher.BeforeMaps = _tape.MarkMapEvent;
    }

    /// <summary>Loads a script's programs and maps into the kernel; nothing runs yet.</summary>
    /// <exception cref="BpfException">The kernel refuses something.</exception>
    /// <exception cref="Bpf.Programs.VerifierException">The kernel's verifier refuses a program.</exception>
    public static TraceRun Load(CompiledTrace script, TraceRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(options);
        var loaded = BpfObject.Open(script.Object);
        List<BpfProgram> targets = [];
        try
        {
            Aim(script, loaded, targets);
            loaded.Load();
            return new(script, options, loaded);
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
        finally
        {
            foreach (var target in targets) target.Dispose();
        }
    }

    /// <summary>
    /// Runs the script until it ends by itself or is cancelled: what begins, then everything attached, then what ends. Prints the maps at the
    /// end, and what was lost.
    /// </summary>
    /// <returns>What the script gave to <c>exit</c>; 0 otherwise.</returns>
    /// <exception cref="BpfException">A program cannot be attached.</exception>
    public int Run(CancellationToken cancellationToken)
    {
        RunAll<ProbeSite.Begin>();
        _session.Drain();
        Attach();
        if (!_options.IsQuiet) _session.Output.AttachedProbes(_script.ProbeCount);
        _session.Drain();
        _options.Attached?.Invoke();
        bool isOver = Iterate(cancellationToken);
        using (isOver ? default : cancellationToken.Register(_host.Wake))
        {
            if (!isOver) ReadEvents(cancellationToken);
        }

        Detach();
        _session.Drain();
        _tape?.MarkDetached();
        _session.Dispatcher.Resume();
        RunAll<ProbeSite.End>();
        _session.Drain();
        _session.PrintMaps();
        _session.ReportLosses();
        if (_symbols.Unwinding is { } unwinding) ReportUnwinding(unwinding);
        if (_tape?.End() is > 0 and var lost) _session.Tell($"{lost} firings are not in the recording: they found no room");
        _session.Output.Flush();
        return _session.Dispatcher.ExitCode ?? 0;
    }

    /// <summary>What the kernel made of a program.</summary>
    public ProgramInfo InfoOf(TraceProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return _host.Object.Program(program.Name).GetInfo();
    }

    /// <summary>The maps as they are now, as text. On the thread that runs the script, see <see cref="TraceRunOptions.Tick"/>.</summary>
    public string ShowMaps() => _session.ShowMaps();

    /// <summary>The maps as they are now, in the text format of Prometheus. On the thread that runs the script, see <see cref="TraceRunOptions.Tick"/>.</summary>
    public string ShowMetrics() => _session.ShowMetrics();

    /// <inheritdoc/>
    public void Dispose()
    {
        Detach();
        _tape?.Dispose();
        _session.Dispose();
        _symbols.Dispose();
        _host.Dispose();
    }

    private void ReportUnwinding(UnwindTables unwinding)
    {
        if (unwinding.Strangers is > 0 and var frames) _session.Tell($"{frames} frames were left by their frame pointers: nothing was known of their processes yet");
        if (unwinding.RefusedRows is > 0 and var rows) _session.Tell($"{rows} rows of files found no room among {unwinding.MostRows}: frames there were left by their frame pointers");
        if (unwinding.RefusedRanges is > 0 and var ranges) _session.Tell($"{ranges} ranges of code found no room among {unwinding.MostMappings} of a process: frames there were left by their frame pointers");
        if (unwinding.RefusedProcesses is > 0 and var processes) _session.Tell($"{processes} processes found no room among {unwinding.MostProcesses}: their frames were left by their frame pointers");
    }

    private void Attach()
    {
        foreach (var plan in _script.Plan.Programs)
        {
            foreach (var signal in plan.Probe.Sites.OfType<ProbeSite.Signal>()) _signals.Add(PosixSignalRegistration.Create((PosixSignal)signal.Number, context => RunOn(context, plan.Name)));
            if (plan.Way is not (AttachWay.Run or AttachWay.Iterate)) _links.AddRange(ProbeAttachment.Attach(_host.Object.Program(plan.Name), plan, _script.Options.Pid));
        }
    }

    // The kernel wants to know the function of a program that another program is for when it loads that.
    private static void Aim(CompiledTrace script, BpfObject loaded, List<BpfProgram> targets)
    {
        foreach (var plan in script.Plan.Programs)
        {
            if (plan.Probe.Sites[0] is not ProbeSite.ProgramFunction site) continue;
            var target = BpfProgram.OpenById(site.Program);
            targets.Add(target);
            loaded.SetAttachTarget(plan.Name, new(site.Function, target));
        }
    }

    /// <summary>Has the kernel go through what the script asks for; whether nothing is left to wait for.</summary>
    private bool Iterate(CancellationToken cancellationToken)
    {
        bool isAll = false;
        foreach (var plan in _script.Plan.Programs)
        {
            if (plan.Way is not AttachWay.Iterate || cancellationToken.IsCancellationRequested || _session.Dispatcher.ExitCode is not null) continue;
            isAll = true;
            if (plan.Probe.Sites[0] is ProbeSite.Iterator { Pin: not null }) continue;
            _host.Object.Program(plan.Name).ReadIterator(pid: _script.Options.Pid);
            _session.Drain();
        }

        if (!cancellationToken.IsCancellationRequested && _session.Dispatcher.ExitCode is null) PinIterators();
        return (isAll || !_options.StaysWithoutProbes) && _links.Count == 0 && _signals.Count == 0;
    }

    /// <summary>Pins the iterators that somebody else will read: all, or none.</summary>
    private void PinIterators()
    {
        List<string> pins = [];
        try
        {
            foreach (var plan in _script.Plan.Programs)
            {
                if (plan.Probe.Sites[0] is not ProbeSite.Iterator { Pin: { } pin }) continue;
                string path = Path.Combine(BpfPins.Root, pin);
                using var link = _host.Object.Program(plan.Name).AttachIterator(pid: _script.Options.Pid);
                link.Pin(path);
                pins.Add(path);
            }
        }
        catch
        {
            foreach (string path in pins) BpfPins.Remove(path);
            throw;
        }

        foreach (string path in pins) _session.Output.Pinned(path);
    }

    private void RunOn(PosixSignalContext context, string program)
    {
        context.Cancel = true;
        lock (_signals)
        {
            if (_signals.Count > 0) _host.Object.Program(program).Run();
        }
    }

    private void Detach()
    {
        foreach (var signal in _signals) signal.Dispose();
        lock (_signals) _signals.Clear();
        BpfLink.DisposeAll(_links);
        _links.Clear();
    }

    private void RunAll<TSite>()
        where TSite : ProbeSite
    {
        foreach (var plan in _script.Plan.Programs)
        {
            if (plan.Probe.Sites[0] is TSite) _host.Object.Program(plan.Name).Run();
        }
    }

    private void ReadEvents(CancellationToken cancellationToken)
    {
        var wait = ShortestWait;
        while (_session.Dispatcher.ExitCode is null && !cancellationToken.IsCancellationRequested)
        {
            _options.Tick?.Invoke(this);
            if (!_host.HasEvents)
            {
                cancellationToken.WaitHandle.WaitOne(_options.Tick is null && _tape is null ? Timeout.InfiniteTimeSpan : LongestWait);
                _tape?.Drain();
                continue;
            }

            int count = _host.Poll(_session.Dispatcher, wait);
            _symbols.Unwinding?.Refresh();
            _tape?.Drain();
            if (count > 0 && !_options.IsFullyBuffered) _session.Output.Flush();
            wait = count > 0 ? ShortestWait : wait + wait < LongestWait ? wait + wait : LongestWait;
        }
    }
}
