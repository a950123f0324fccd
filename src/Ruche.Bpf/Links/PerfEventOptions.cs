// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Links;

/// <summary>Which perf event to sample, and how often. Give either a frequency or a period.</summary>
public sealed record PerfEventOptions
{
    /// <summary>The event's type: <c>PERF_TYPE_…</c>; 1 for software events.</summary>
    public uint Type { get; init; } = PerfEvent.TypeSoftware;

    /// <summary>The event within its type; 0 of the software events is the CPU clock.</summary>
    public ulong Config { get; init; } = PerfEvent.SoftwareCpuClock;

    /// <summary>Samples per second; 0 when <see cref="Period"/> is given.</summary>
    public ulong Frequency { get; init; }

    /// <summary>Events per sample; 0 when <see cref="Frequency"/> is given.</summary>
    public ulong Period { get; init; }

    /// <summary>Memory whose accesses are the events, instead of <see cref="Type"/> and <see cref="Config"/>; null for other events.</summary>
    public MemoryWatch? Watch { get; init; }

    /// <summary>The process to sample; null for all.</summary>
    public int? Pid { get; init; }

    /// <summary>The CPU to sample; null for all that are online.</summary>
    public int? Cpu { get; init; }

    /// <summary>Whether children of <see cref="Pid"/> are sampled too.</summary>
    public bool Inherit { get; init; }

    /// <summary>A number that the program reads with <c>bpf_get_attach_cookie</c>; needs Linux 5.15.</summary>
    public ulong Cookie { get; init; }

    /// <summary>The CPU clock at a frequency: a profiler's event.</summary>
    public static PerfEventOptions CpuClock(int hertz) => new() { Frequency = (ulong)hertz };

    internal string Describe()
    {
        string name = (Type, Config) switch
        {
            _ when Watch is { } watch => $"{watch.Length} bytes of memory at 0x{watch.Address:x}",
            (PerfEvent.TypeSoftware, PerfEvent.SoftwareCpuClock) => "cpu-clock",
            (PerfEvent.TypeSoftware, _) => $"software event {Config}",
            (PerfEvent.TypeHardware, _) => $"hardware event {Config}",
            _ => $"perf event {Type}:{Config}",
        };
        return Frequency != 0 ? $"{name} at {Frequency} Hz" : $"{name} every {Period}";
    }
}
