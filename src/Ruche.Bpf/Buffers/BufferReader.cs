// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Buffers;

/// <summary>
/// What readers of kernel buffers share: one consumer at a time, waiting, and the asynchronous way. Open for inheritance within
/// this assembly only. Disposing is safe at any time, from a handler too; waits and enumerations then end.
/// </summary>
public abstract class BufferReader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly BufferWaiter _waiter = new();
    private bool _isReading;
    private bool _isReleased;
    private volatile bool _closing;

    private protected BufferReader()
    {
    }

    /// <summary>Whether the reader is being disposed, so that reading must stop after the current record.</summary>
    internal bool IsClosing => _closing;

    /// <summary>Hands over what is in the buffers, without waiting. Allocates nothing.</summary>
    /// <returns>How many records there were.</returns>
    public int Consume(RecordHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        DelegateHandler adapter = new(handler);
        return Read(ref adapter, int.MaxValue);
    }

    /// <summary>Hands over what is in the buffers, without waiting. Allocates nothing, and calls a struct directly.</summary>
    /// <returns>How many records there were.</returns>
    public int Consume<THandler>(ref THandler handler)
        where THandler : IRecordHandler, allows ref struct => Read(ref handler, int.MaxValue);

    /// <summary>Waits until there is something, then hands it over. Records that programs submit without a wake-up are seen when the time is up.</summary>
    /// <param name="handler">Takes the records.</param>
    /// <param name="timeout">How long to wait at most; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <returns>How many records there were: 0 when the time was up or <see cref="Wake"/> was called.</returns>
    public int Poll(RecordHandler handler, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(handler);
        DelegateHandler adapter = new(handler);
        return Poll(ref adapter, timeout);
    }

    /// <inheritdoc cref="Poll(RecordHandler, TimeSpan)"/>
    public int Poll<THandler>(ref THandler handler, TimeSpan timeout)
        where THandler : IRecordHandler, allows ref struct
    {
        ObjectDisposedException.ThrowIf(_closing, this);
        _waiter.Wait(timeout == Timeout.InfiniteTimeSpan ? -1 : checked((int)Math.Ceiling(timeout.TotalMilliseconds)));
        return _closing ? 0 : Read(ref handler, int.MaxValue);
    }

    /// <summary>Makes the current <see cref="Poll(RecordHandler, TimeSpan)"/>, or else the next, return early.</summary>
    public void Wake() => _waiter.Wake();

    /// <summary>
    /// The records as they come, read as <typeparamref name="T"/>. Ends when the reader is disposed. When the caller is slow, records
    /// wait in the kernel's buffer, and when that is full the program's attempts to add more fail.
    /// </summary>
    /// <typeparam name="T">At most as large as each record.</typeparam>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="InvalidDataException">A record is smaller than <typeparamref name="T"/>.</exception>
    public IAsyncEnumerable<T> ReadAllAsync<T>(CancellationToken cancellationToken = default)
        where T : unmanaged => ReadAllAsync<T, TypedSlot<T>>(cancellationToken);

    /// <summary>Copies of the records as they come; otherwise as <see cref="ReadAllAsync{T}(CancellationToken)"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IAsyncEnumerable<byte[]> ReadAllAsync(CancellationToken cancellationToken = default) =>
        ReadAllAsync<byte[], CopySlot>(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _closing = true;
        GC.SuppressFinalize(this);
        if (_gate.IsHeldByCurrentThread) return; // a handler: whoever called it releases everything when it returns
        _waiter.Dispose();
        lock (_gate) Release();
    }

    /// <summary>Reads all buffers until they are empty, the limit is reached or <see cref="IsClosing"/>.</summary>
    private protected abstract int ReadBuffers<THandler>(ref THandler handler, int limit)
        where THandler : IRecordHandler, allows ref struct;

    /// <summary>Unmaps and closes the buffers.</summary>
    private protected abstract void ReleaseBuffers();

    /// <summary>Reads something off the buffers while nobody can release them.</summary>
    private protected TResult Look<TResult>(Func<TResult> look)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            return look();
        }
    }

    /// <summary>Waits for this descriptor too.</summary>
    private protected void Watch(BpfFd fd) => _waiter.Add(fd);

    private int Read<THandler>(ref THandler handler, int limit)
        where THandler : IRecordHandler, allows ref struct
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            if (_isReading) throw new InvalidOperationException("a handler must not read the buffer that calls it");
            _isReading = true;
            try
            {
                return ReadBuffers(ref handler, limit);
            }
            finally
            {
                _isReading = false;
                if (_closing) DisposeLate();
            }
        }
    }

    // The handler disposed the reader, or another thread is waiting to: it releases again, to no effect.
    private void DisposeLate()
    {
        _waiter.Dispose();
        Release();
    }

    private void Release()
    {
        if (_isReleased) return;
        _isReleased = true;
        ReleaseBuffers();
    }

    // Takes one record at a time, so that an enumeration that is broken off has taken nothing it has not handed out.
    private async IAsyncEnumerable<T> ReadAllAsync<T, TSlot>([EnumeratorCancellation] CancellationToken cancellationToken)
        where TSlot : struct, IRecordSlot<T>
    {
        TSlot slot = default;
        while (!_closing)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryReadOne(ref slot)) yield return slot.Record;
            else await _waiter.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool TryReadOne<THandler>(ref THandler slot)
        where THandler : IRecordHandler
    {
        lock (_gate) return !_closing && Read(ref slot, 1) > 0;
    }
}
