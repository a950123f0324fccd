// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Buffers;

/// <summary>Takes the records of a buffer. Make it a struct and the compiler builds it into the loop that reads them.</summary>
public interface IRecordHandler
{
    /// <summary>Takes one record. The bytes lie in the buffer itself and are valid until this returns.</summary>
    /// <param name="source">Where it comes from: the position of the ring buffer among those of the reader, or the CPU of a perf buffer.</param>
    /// <param name="record">What the program wrote; records of perf buffers may be followed by a few bytes of padding.</param>
    void Handle(int source, ReadOnlySpan<byte> record);
}
