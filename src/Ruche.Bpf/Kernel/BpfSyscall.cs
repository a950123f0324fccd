// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>The one door to bpf(2).</summary>
internal static unsafe class BpfSyscall
{
    /// <summary>How often a load that a signal interrupted is started again.</summary>
    private const int Attempts = 32;

    /// <summary>Calls bpf(2) and returns the error number, <see cref="Errno.None"/> on success. Never throws.</summary>
    public static Errno Try<TAttr>(BpfCommand command, ref TAttr attr, out int result)
        where TAttr : unmanaged
    {
        for (int attempt = 1; ; attempt++)
        {
            Errno errno = Once(command, ref attr, out result);
            if (errno is Errno.None || attempt == Attempts || !IsWorthRetrying(command, errno)) return errno;
        }
    }

    /// <inheritdoc cref="Try{TAttr}(BpfCommand, ref TAttr, out int)"/>
    public static Errno Try<TAttr>(BpfCommand command, ref TAttr attr)
        where TAttr : unmanaged => Try(command, ref attr, out _);

    /// <summary>Calls bpf(2); throws <see cref="BpfException"/> naming <paramref name="operation"/> when the kernel refuses.</summary>
    public static int Check<TAttr>(BpfCommand command, ref TAttr attr, string operation)
        where TAttr : unmanaged
    {
        Errno errno = Try(command, ref attr, out int result);
        if (errno is not Errno.None) Failure.Throw(operation, command, errno);
        return result;
    }

    /// <summary>Calls a command of bpf(2) that returns a descriptor; the caller owns it.</summary>
    public static BpfFd Open<TAttr>(BpfCommand command, ref TAttr attr, string operation)
        where TAttr : unmanaged => new(Check(command, ref attr, operation));

    private static Errno Once<TAttr>(BpfCommand command, ref TAttr attr, out int result)
        where TAttr : unmanaged
    {
        // SAFETY: the attribute is pinned for the call and its exact size is given; pointers inside it are the caller's to keep alive.
        fixed (TAttr* pointer = &attr)
            result = (int)Libc.Syscall(SyscallNumbers.Bpf, (nint)command, (nint)pointer, Unsafe.SizeOf<TAttr>());
        return result >= 0 ? Errno.None : Failure.LastErrno;
    }

    // Batches report what they did before the interruption in the attribute, so their callers go on themselves.
    // A pending signal (the runtime uses one to suspend threads) makes the verifier give up with EAGAIN.
    // Kernels before 5.11 charge BPF memory to RLIMIT_MEMLOCK and say EPERM when it is used up.
    private static bool IsWorthRetrying(BpfCommand command, Errno errno) => errno switch
    {
        Errno.EINTR => command is < BpfCommand.MapLookupBatch or > BpfCommand.MapDeleteBatch,
        Errno.EAGAIN => command is BpfCommand.ProgLoad,
        Errno.EPERM => command is BpfCommand.MapCreate or BpfCommand.ProgLoad or BpfCommand.BtfLoad && RlimitMemlock.RaiseOnce(),
        _ => false,
    };
}
