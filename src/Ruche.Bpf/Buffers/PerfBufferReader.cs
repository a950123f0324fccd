// SPDX-License-Identifier: MIT
using System.Numerics;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;

namespace Ruche.Bpf.Buffers;

/// <summary>
/// Reads what programs write with <c>bpf_perf_event_output</c>: one buffer for each CPU that is online, in no order between CPUs.
/// What did not fit is counted. Takes the map's places over while it lives. One thread reads at a time; others wait.
/// </summary>
public sealed class PerfBufferReader : BufferReader
{
    private readonly List<PerfRing> _rings = [];
    private readonly BpfMap? _map;

    /// <summary>Opens the buffers and puts them into the map.</summary>
    /// <exception cref="ArgumentException">The map is no array of perf events, or an option is out of range.</exception>
    /// <exception cref="BpfException">The kernel refuses.</exception>
    public PerfBufferReader(BpfMap map, PerfBufferOptions? options = null)
    {
        try
        {
            options = Check(options ?? new PerfBufferOptions());
            int length = new BpfPerfEventArray(map).Length;
            _map = map.Duplicate(); // the kernel empties the places when the descriptor that filled them is closed
            BpfPerfEventArray places = new(_map);
            if (options.Cpu is { } only) Open(ExpectOnline(only), options.Place ?? only, options, places);
            else foreach (int cpu in CpuList.Online().Where(cpu => cpu < length)) OpenIfOnline(cpu, options, places);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How many records did not fit, on all CPUs, as far as the kernel has said: it does so with the next record that fits.</summary>
    public long Lost => _rings.Sum(ring => ring.Lost);

    /// <summary>The CPUs that are read.</summary>
    public IReadOnlyList<int> Cpus => [.. _rings.Select(ring => ring.Cpu)];

    /// <summary>How many records did not fit on one CPU; see <see cref="Lost"/>.</summary>
    public long LostOn(int cpu) => _rings.Single(ring => ring.Cpu == cpu).Lost;

    private protected override int ReadBuffers<THandler>(ref THandler handler, int limit)
    {
        int count = 0;
        foreach (PerfRing ring in _rings)
        {
            if (count >= limit || IsClosing) break;
            count += ring.Read(ref handler, limit - count, this);
        }

        return count;
    }

    private protected override void ReleaseBuffers()
    {
        foreach (PerfRing ring in _rings) ring.Dispose();
        _map?.Dispose();
    }

    private static PerfBufferOptions Check(PerfBufferOptions options)
    {
        if (!BitOperations.IsPow2(options.PagesPerCpu))
            throw new ArgumentException($"the pages of a perf buffer must be a power of two, not {options.PagesPerCpu}", nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.WakeupEvents, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.WatermarkBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Cpu ?? 0, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Place ?? 0, nameof(options));
        if (options is { Place: not null, Cpu: null }) throw new ArgumentException("a place is for the buffer of one CPU; name the CPU too", nameof(options));
        return options;
    }

    private static int ExpectOnline(int cpu) => CpuList.Online().Contains(cpu)
        ? cpu
        : throw new BpfException($"open the perf buffer of CPU {cpu}", Errno.ENODEV, $"those online are {string.Join(", ", CpuList.Online())}");

    private void OpenIfOnline(int cpu, PerfBufferOptions options, BpfPerfEventArray places)
    {
        try
        {
            Open(cpu, cpu, options, places);
        }
        catch (BpfException e) when (e.Errno is Errno.ENODEV)
        {
            // The CPU has gone offline.
        }
    }

    private void Open(int cpu, int place, PerfBufferOptions options, BpfPerfEventArray places)
    {
        PerfRing ring = new(cpu, options.PagesPerCpu, options.WakeupEvents, options.WatermarkBytes);
        _rings.Add(ring);
        places.Update((uint)place, ring.Fd);
        Watch(ring.Fd);
    }
}
