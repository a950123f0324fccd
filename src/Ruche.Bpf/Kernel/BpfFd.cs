// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace Ruche.Bpf.Kernel;

/// <summary>Owns one file descriptor of the kernel; closing it may free the kernel object behind it. Safe to share between threads.</summary>
public sealed class BpfFd : SafeHandleMinusOneIsInvalid
{
    /// <summary>Takes ownership of <paramref name="fd"/>.</summary>
    public BpfFd(int fd)
        : this(fd, FdEvent.Opened)
    {
    }

    private BpfFd(int fd, FdEvent what)
        : base(ownsHandle: true)
    {
        SetHandle(fd);
        Watch?.Invoke(this, what);
    }

    /// <summary>Sees every descriptor come and go; tests find leaks with it.</summary>
    internal static Action<BpfFd, FdEvent>? Watch { get; set; }

    /// <summary>The number, for a system call made while the caller keeps this object alive.</summary>
    internal int Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (int)handle;
        }
    }

    /// <summary>Takes ownership of a descriptor of an object that was there before.</summary>
    internal static BpfFd Join(int fd) => new(fd, FdEvent.Joined);

    /// <summary>Another descriptor of the same kernel object, owned by the caller.</summary>
    public BpfFd Duplicate()
    {
        int copy = Libc.Fcntl(Value, Libc.F_DUPFD_CLOEXEC, 3);
        GC.KeepAlive(this);
        return copy >= 0 ? new BpfFd(copy) : throw Failure.Last("duplicate a file descriptor");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing && !IsClosed) Watch?.Invoke(this, FdEvent.Abandoned);
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Watch?.Invoke(this, FdEvent.Closed);
        return Libc.Close((int)handle) == 0;
    }
}
