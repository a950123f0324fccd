// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bench.Verdicts;

/// <summary>
/// Ends a load that takes too long: the verifier gives up when its thread has a signal to handle. One that the runtime handles and ignores
/// is sent again and again, since loaders try again.
/// </summary>
internal sealed unsafe class LoadLimit : IDisposable
{
    private const int WindowChanged = 28;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly nint Libc = NativeLibrary.Load("libc.so.6");

    private readonly PosixSignalRegistration _handled = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => { });
    private readonly Timer _timer;
    private readonly int _thread;
    private volatile bool _isExceeded;

    /// <summary>Watches the calling thread until disposed.</summary>
    public LoadLimit(TimeSpan limit)
    {
        // SAFETY: gettid takes nothing.
        _thread = ((delegate* unmanaged<int>)NativeLibrary.GetExport(Libc, "gettid"))();
        _timer = new(_ => Interrupt(), null, limit, Pause);
    }

    /// <summary>Whether the time was up.</summary>
    public bool IsExceeded => _isExceeded;

    public void Dispose()
    {
        using ManualResetEvent ended = new(false);
        // A signal that is on its way must not meet the next program.
        if (_timer.Dispose(ended)) ended.WaitOne();
        _handled.Dispose();
    }

    private void Interrupt()
    {
        _isExceeded = true;
        // SAFETY: three integers; the thread is one of this process, which waits for this timer before it goes on.
        _ = ((delegate* unmanaged<int, int, int, int>)NativeLibrary.GetExport(Libc, "tgkill"))(Environment.ProcessId, _thread, WindowChanged);
    }
}
