// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf;

/// <summary>SIGINT, by which a run that goes on until it is told to end is told so.</summary>
public static unsafe class InterruptSignal
{
    private const nint Default = 0;
    private const nint Ignored = 1;
    private const int ActionSize = 152;

    /// <summary>
    /// Gives it its default meaning where it is ignored. A shell starts what a script runs in the background with SIGINT ignored, and the runtime
    /// keeps to that, so that <c>kill -INT</c> would do nothing. To be called before anything listens to the signal.
    /// </summary>
    public static void Restore()
    {
        // struct sigaction begins with the handler.
        byte* action = stackalloc byte[ActionSize];
        if (Libc.SignalAction(Libc.SIGINT, null, action) == 0 && *(nint*)action == Ignored) _ = Libc.Signal(Libc.SIGINT, Default);
    }
}
