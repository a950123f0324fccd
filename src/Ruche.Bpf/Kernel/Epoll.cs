// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Waits for several descriptors at once. <see cref="Wait"/> is for one thread at a time.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    private const int Batch = 64;

    // x86-64 alone packs struct epoll_event; elsewhere the token is aligned to eight bytes.
    private static readonly int TokenOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 4 : 8;
    private static readonly int Stride = TokenOffset + sizeof(ulong);

    private readonly byte[] _events = new byte[Batch * Stride];
    private readonly BpfFd _fd;

    public Epoll()
    {
        int fd = Libc.EpollCreate(Libc.EPOLL_CLOEXEC);
        _fd = fd >= 0 ? new BpfFd(fd) : throw Failure.Last("create an epoll instance");
    }

    /// <summary>Reports <paramref name="token"/> whenever <paramref name="fd"/> becomes readable.</summary>
    public void Add(BpfFd fd, ulong token)
    {
        byte* wanted = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(new Span<byte>(wanted, 4), Libc.EPOLLIN);
        BinaryPrimitives.WriteUInt64LittleEndian(new Span<byte>(wanted + TokenOffset, 8), token);

        // SAFETY: the event is sixteen bytes on this frame, at least as large as the kernel's structure.
        int result = Libc.EpollControl(_fd.Value, Libc.EPOLL_CTL_ADD, fd.Value, wanted);
        GC.KeepAlive(fd);
        if (result != 0) throw Failure.Last("watch a file descriptor");
    }

    /// <summary>Waits up to <paramref name="milliseconds"/> (-1: for ever) and stores the tokens of what is readable.</summary>
    /// <returns>How many there are: 0 after the time is up or a signal.</returns>
    public int Wait(Span<ulong> tokens, int milliseconds)
    {
        int count;
        // SAFETY: the buffer is pinned and holds Batch events of this processor's size.
        fixed (byte* events = _events)
            count = Libc.EpollWait(_fd.Value, events, Math.Min(tokens.Length, Batch), milliseconds);
        if (count < 0) return Failure.LastErrno is Errno.EINTR ? 0 : throw Failure.Last("wait for events");

        for (int i = 0; i < count; i++)
            tokens[i] = BinaryPrimitives.ReadUInt64LittleEndian(_events.AsSpan(i * Stride + TokenOffset));
        return count;
    }

    public void Dispose() => _fd.Dispose();
}
