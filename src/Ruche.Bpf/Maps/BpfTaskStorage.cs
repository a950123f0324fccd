// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>What programs keep with each process; it goes when the process goes. A process is named by its number and stands for its first thread.</summary>
/// <typeparam name="T">As large as the map's values.</typeparam>
public sealed class BpfTaskStorage<T> : BpfStorage<int, T>
    where T : unmanaged
{
    /// <summary>Sees a map as storage of processes.</summary>
    /// <exception cref="ArgumentException">It is of another type, or its values have another size.</exception>
    public BpfTaskStorage(BpfMap map)
        : base(map, MapType.TaskStorage)
    {
    }

    private protected override StorageKey Open(int owner)
    {
        nint fd = Libc.Syscall(SyscallNumbers.PidFdOpen, owner, 0, 0);
        if (fd >= 0) return new(new BpfFd((int)fd));
        Errno errno = Failure.LastErrno;
        throw new BpfException($"find process {owner} for map '{Map.Name}'", errno,
            errno is Errno.ESRCH ? $"there is no process {owner}" : Hints.For(errno));
    }
}
