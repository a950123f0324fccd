// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Text;
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Tracing;

/// <summary>
/// Reads the kernel's trace pipe, where <c>bpf_printk</c> writes. The kernel hands each line to one reader only, and lets only one
/// process open the pipe at a time.
/// </summary>
public sealed unsafe class TracePipe : IDisposable
{
    private readonly BufferWaiter _waiter = new();
    private readonly Lock _gate = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly byte[] _bytes = new byte[8192];
    private readonly StringBuilder _line = new();
    private readonly BpfFd _fd;
    private readonly string _path;

    /// <summary>Opens the pipe.</summary>
    /// <param name="instance">A tracing instance; null for the one that programs write to.</param>
    /// <exception cref="BpfException">Another process reads it (EBUSY), or the process may not (EACCES).</exception>
    public TracePipe(string? instance = null)
    {
        string root = KernelFileSystems.Tracing();
        _path = instance is null ? $"{root}/trace_pipe" : $"{root}/instances/{instance}/trace_pipe";
        int fd = Libc.Open(_path, Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
        if (fd < 0)
        {
            Errno errno = Failure.LastErrno;
            _waiter.Dispose();
            throw errno is Errno.EBUSY
                ? new BpfException($"open {_path}", errno, "another process reads it; the kernel allows one at a time")
                : Failure.Of($"open {_path}", errno);
        }

        _fd = new BpfFd(fd);
        _waiter.Add(_fd);
    }

    /// <summary>The lines as they come. Ends when the pipe is disposed.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async IAsyncEnumerable<string> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Queue<string> lines = [];
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Read(lines);
            if (count < 0) yield break;
            if (count == 0) await _waiter.WaitAsync(cancellationToken).ConfigureAwait(false);
            while (lines.TryDequeue(out string? line)) yield return line;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _waiter.Dispose();
        lock (_gate) _fd.Dispose();
    }

    /// <summary>Reads what is there and splits it into lines. Returns the number of bytes, or -1 once disposed.</summary>
    private int Read(Queue<string> lines)
    {
        lock (_gate)
        {
            if (_fd.IsClosed) return -1;
            int count;
            // SAFETY: the buffer is pinned for the call and its length is given.
            fixed (byte* buffer = _bytes)
                count = (int)Libc.Read(_fd.Value, buffer, _bytes.Length);
            if (count < 0)
                return Failure.LastErrno is Errno.EAGAIN or Errno.EINTR ? 0 : throw Failure.Last($"read {_path}");
            Split(_bytes.AsSpan(0, count), lines);
            return count;
        }
    }

    private void Split(ReadOnlySpan<byte> bytes, Queue<string> lines)
    {
        Span<char> characters = stackalloc char[bytes.Length];
        int count = _decoder.GetChars(bytes, characters, flush: false);
        foreach (char c in characters[..count])
        {
            if (c != '\n')
            {
                _line.Append(c);
                continue;
            }

            lines.Enqueue(_line.ToString());
            _line.Clear();
        }
    }
}
