// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Buffers;

/// <summary>How far a ring buffer has been written and read, in bytes since it was made.</summary>
/// <param name="Consumed">Read and released.</param>
/// <param name="Produced">Reserved by programs, whether committed yet or not.</param>
/// <param name="Size">Bytes of the ring.</param>
public readonly record struct RingBufferPosition(ulong Consumed, ulong Produced, long Size)
{
    /// <summary>Bytes that wait to be read, record headers included.</summary>
    public long Available => (long)(Produced - Consumed);
}
