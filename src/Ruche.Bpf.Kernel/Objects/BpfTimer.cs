// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A timer in a map's value (5.15). A value has at most one.</summary>
[BtfName("bpf_timer")]
[StructLayout(LayoutKind.Sequential)]
public unsafe struct BpfTimer
{
    private ulong _word0;
    private ulong _word1;

    /// <summary>Makes the timer ready. Returns 0, or EBUSY, negative, when it is already.</summary>
    public long Init<TMap>(TMap map, TimerClock clock = TimerClock.Monotonic)
        where TMap : unmanaged => Bpf.TimerInit(ref this, map, (ulong)clock);

    /// <summary>Says what the timer calls: a method that gets the map, the key and the value. The map cannot be used in it.</summary>
    public long SetCallback<TKey, TValue>(delegate*<void*, TKey*, TValue*, int> callback)
        where TKey : unmanaged
        where TValue : unmanaged => Bpf.TimerSetCallback(ref this, callback);

    /// <summary>Sets the timer to go off after some nanoseconds.</summary>
    public long Start(ulong nanoseconds, TimerFlags flags = TimerFlags.None) => Bpf.TimerStart(ref this, nanoseconds, (ulong)flags);

    /// <summary>Stops the timer and waits for what it calls to end. Returns 1 when it was set, 0 when not.</summary>
    public long Cancel() => Bpf.TimerCancel(ref this);
}
