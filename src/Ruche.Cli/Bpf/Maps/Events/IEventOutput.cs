// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Bpf.Maps.Events;

/// <summary>Where the records of a buffer are written, one after the other.</summary>
internal interface IEventOutput : IDisposable
{
    /// <summary>Writes a record.</summary>
    /// <param name="place">The perf buffer it comes from; null for a ring buffer.</param>
    /// <param name="nanoseconds">When it was read, on the monotonic clock.</param>
    /// <param name="record">What the program wrote.</param>
    void Write(EventPlace? place, long nanoseconds, ReadOnlySpan<byte> record);

    /// <summary>Writes how many records of a perf buffer did not fit.</summary>
    void WriteLost(EventPlace place, long count);

    /// <summary>Hands over what was written.</summary>
    void Flush();
}
