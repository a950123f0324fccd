// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Buffers;

/// <summary>How to set up a perf buffer.</summary>
public sealed record PerfBufferOptions
{
    /// <summary>Memory pages for the records of each CPU: a power of two.</summary>
    public int PagesPerCpu { get; init; } = 64;

    /// <summary>Wake the reader after this many records.</summary>
    public int WakeupEvents { get; init; } = 1;

    /// <summary>Wake the reader after this many bytes instead, when not 0.</summary>
    public int WatermarkBytes { get; init; }

    /// <summary>The only CPU to read; null for every CPU that is online.</summary>
    public int? Cpu { get; init; }

    /// <summary>The map's place for the buffer of <see cref="Cpu"/>; null for the place of the same number.</summary>
    public int? Place { get; init; }
}
