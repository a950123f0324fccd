// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>perf_event_open(2) and what can be asked of the descriptors it returns.</summary>
internal static unsafe class PerfEvent
{
    public const uint TypeHardware = 0;
    public const uint TypeSoftware = 1;
    public const uint TypeBreakpoint = 5;
    public const uint TypeTracepoint = 2;
    public const ulong SoftwareCpuClock = 0;
    public const ulong SoftwareBpfOutput = 10;
    public const uint SampleRaw = 1 << 10;

    // The argument's size is part of the request, and 'set bpf' takes an int, 'set filter' a pointer.
    public const uint IoctlEnable = 0x2400;
    public const uint IoctlDisable = 0x2401;
    public const uint IoctlSetBpf = 0x40042408;

    private const int FlagCloseOnExec = 8;

    /// <summary>Opens an event on a process (-1: all) and a CPU (-1: all). <see cref="PerfEventAttr.Size"/> is filled in.</summary>
    public static BpfFd Open(ref PerfEventAttr attr, int pid, int cpu, string operation)
    {
        attr.Size = (uint)Unsafe.SizeOf<PerfEventAttr>();
        nint fd;
        // SAFETY: the attribute is pinned for the call and carries its own size.
        fixed (PerfEventAttr* pointer = &attr)
            fd = Libc.Syscall(SyscallNumbers.PerfEventOpen, (nint)pointer, pid, cpu, -1, FlagCloseOnExec);
        if (fd >= 0) return new BpfFd((int)fd);
        Errno errno = Failure.LastErrno;
        throw attr.Type == TypeHardware && errno is Errno.ENOENT or Errno.EOPNOTSUPP
            ? new BpfException(operation, errno, "the processor has no such counter; virtual machines often hide all of them")
            : Failure.Of(operation, errno);
    }

    /// <summary>Asks an event to do something; throws when it refuses.</summary>
    public static void Control(BpfFd perfEvent, uint request, int argument, string operation)
    {
        int result = Libc.Ioctl(perfEvent.Value, request, argument);
        GC.KeepAlive(perfEvent);
        if (result < 0) throw Failure.Last(operation);
    }
}
