// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Buffers;

/// <summary>
/// Waits for kernel buffers to have something, on the caller's thread or on one of its own for asynchronous callers. The thread
/// starts with the first asynchronous wait and ends with <see cref="Dispose"/>.
/// </summary>
internal sealed class BufferWaiter : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Lock _waiting = new();
    private readonly Epoll _epoll = new();
    private readonly WakeUp _wakeUp = new();
    private readonly SemaphoreSlim _requested = new(0);
    private TaskCompletionSource? _request;
    private Thread? _thread;
    private volatile bool _closed;

    public BufferWaiter() => _epoll.Add(_wakeUp.Fd, ulong.MaxValue);

    /// <summary>Adds a descriptor that is readable when its buffer has something.</summary>
    public void Add(BpfFd fd) => _epoll.Add(fd, 0);

    /// <summary>Makes the current wait, or else the next, return early.</summary>
    public void Wake()
    {
        lock (_gate)
            if (!_closed) _wakeUp.Set();
    }

    /// <summary>Waits until a buffer has something, <see cref="Wake"/> is called, the time is up (-1: never) or a signal comes.</summary>
    public void Wait(int milliseconds)
    {
        Span<ulong> tokens = stackalloc ulong[8];
        lock (_waiting)
        {
            if (_closed) return;
            int count = _epoll.Wait(tokens, milliseconds);
            // Once closed it stays set, for whoever else waits.
            if (tokens[..count].Contains(ulong.MaxValue) && !_closed) _wakeUp.Reset();
        }
    }

    /// <summary>Waits as <see cref="Wait"/> does without keeping the caller's thread. One caller at a time.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource request = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closed) return;
            bool isWaiting = _request is not null;
            _request = request;
            _thread ??= Start();
            if (!isWaiting) _requested.Release();
        }

        try
        {
            await request.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Lets the thread go, so that somebody else can wait.
            Wake();
            throw;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            _wakeUp.Set();
            _requested.Release();
        }

        _thread?.Join();
        lock (_waiting)
        {
            _epoll.Dispose();
            _wakeUp.Dispose();
            _requested.Dispose();
        }
    }

    private Thread Start()
    {
        Thread thread = new(ServeRequests) { IsBackground = true, Name = "ruche buffer" };
        thread.Start();
        return thread;
    }

    private void ServeRequests()
    {
        while (!_closed)
        {
            _requested.Wait();
            if (!_closed) Wait(-1);
            Answer();
        }

        Answer();
    }

    private void Answer()
    {
        TaskCompletionSource? request;
        lock (_gate)
        {
            request = _request;
            _request = null;
        }

        request?.TrySetResult();
    }
}
