// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;

namespace Ruche.Bpf.Buffers;

/// <summary>A ring buffer all of whose records are of one type. Owns its reader; there should be one of each ring buffer.</summary>
/// <typeparam name="T">At most as large as each record.</typeparam>
/// <param name="map">The ring buffer; it may be disposed before.</param>
/// <exception cref="ArgumentException">The map is no ring buffer, or one that overwrites its oldest records.</exception>
public sealed class BpfRingBuffer<T>(BpfMap map) : IDisposable
    where T : unmanaged
{
    /// <summary>The reader of the records as bytes.</summary>
    public RingBufferReader Reader { get; } = new(map);

    /// <summary>Hands over what is in the buffer, without waiting. Allocates nothing.</summary>
    /// <returns>How many records there were.</returns>
    /// <exception cref="InvalidDataException">A record is smaller than <typeparamref name="T"/>.</exception>
    public int Consume(RecordHandler<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        TypedHandler<T> adapter = new(handler);
        return Reader.Consume(ref adapter);
    }

    /// <summary>Waits until there is something, then hands it over.</summary>
    /// <returns>How many records there were: 0 when the time was up.</returns>
    /// <exception cref="InvalidDataException">A record is smaller than <typeparamref name="T"/>.</exception>
    public int Poll(RecordHandler<T> handler, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(handler);
        TypedHandler<T> adapter = new(handler);
        return Reader.Poll(ref adapter, timeout);
    }

    /// <summary>The records as they come. Ends when this is disposed; otherwise as <see cref="BufferReader.ReadAllAsync{T}(CancellationToken)"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="InvalidDataException">A record is smaller than <typeparamref name="T"/>.</exception>
    public IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellationToken = default) => Reader.ReadAllAsync<T>(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();
}
