// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Surroundings;

/// <summary>
/// The time that programs see. It stands still until somebody moves it; timers that programs have started go off on the way. Safe from
/// several threads, except that only one at a time may move it.
/// </summary>
public sealed class MachineClock
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, MachineTimer> _timers = [];
    private long _now = 1_000_000_000;

    internal MachineClock()
    {
    }

    /// <summary>Nanoseconds since the start of the system (<c>bpf_ktime_get_ns</c>); one second to begin with.</summary>
    public long Nanoseconds => Volatile.Read(ref _now);

    /// <summary>How long the system has slept: what <c>bpf_ktime_get_boot_ns</c> is ahead.</summary>
    public TimeSpan Suspended { get; set; }

    /// <summary>When the system started, as far as <c>bpf_ktime_get_tai_ns</c> is concerned.</summary>
    public DateTimeOffset Started { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>Moves the time on, and runs what is due on the way, in order.</summary>
    /// <returns>The runs of the timers' functions.</returns>
    public IReadOnlyList<RunResult> Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long end = _now + (by.Ticks * TimeSpan.NanosecondsPerTick);
        List<RunResult> runs = [];
        while (NextDue(end) is { } timer)
        {
            Volatile.Write(ref _now, Math.Max(_now, timer.Due!.Value));
            if (timer.TryFire(out var run)) runs.Add(run);
            else Remove(timer);
        }

        Volatile.Write(ref _now, end);
        return runs;
    }

    /// <summary>The timer of a number that a value at an address holds.</summary>
    internal MachineTimer? Timer(ulong number, ulong address)
    {
        lock (_lock) return _timers.TryGetValue(number, out var timer) && timer.Address == address ? timer : null;
    }

    internal void Add(MachineTimer timer)
    {
        lock (_lock) _timers.Add(timer.Number, timer);
    }

    private void Remove(MachineTimer timer)
    {
        lock (_lock) _timers.Remove(timer.Number);
    }

    private MachineTimer? NextDue(long end)
    {
        lock (_lock) return _timers.Values.Where(t => t.Due <= end).MinBy(t => t.Due);
    }
}
