// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>A descriptor that becomes readable when somebody asks a waiting thread to look up.</summary>
internal sealed unsafe class WakeUp : IDisposable
{
    public WakeUp()
    {
        int fd = Libc.EventFd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK);
        Fd = fd >= 0 ? new BpfFd(fd) : throw Failure.Last("create an eventfd");
    }

    /// <summary>What to wait on.</summary>
    public BpfFd Fd { get; }

    /// <summary>Makes <see cref="Fd"/> readable until it is <see cref="Reset"/>.</summary>
    public void Set()
    {
        ulong one = 1;
        // SAFETY: eight bytes on this frame. A full counter (EAGAIN) is readable already, so the result does not matter.
        _ = Libc.Write(Fd.Value, &one, sizeof(ulong));
    }

    /// <summary>Makes <see cref="Fd"/> unreadable again.</summary>
    public void Reset()
    {
        ulong count;
        // SAFETY: eight bytes on this frame. EAGAIN means that it was not set.
        _ = Libc.Read(Fd.Value, &count, sizeof(ulong));
    }

    public void Dispose() => Fd.Dispose();
}
