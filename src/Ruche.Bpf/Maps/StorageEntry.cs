// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Maps;

/// <summary>One entry of a storage map, whose key is a descriptor of the object that the value belongs to.</summary>
internal static class StorageEntry
{
    public static bool TryGet<T>(BpfMap map, int fd, out T value)
        where T : unmanaged => TypedView.TryLookup(map, in fd, out value);

    public static void Set<T>(BpfMap map, int fd, in T value, UpdateMode mode)
        where T : unmanaged => map.Update(TypedView.BytesOf(in fd), TypedView.BytesOf(in value), mode);

    public static bool Remove(BpfMap map, int fd) => map.Delete(TypedView.BytesOf(in fd));

    /// <summary>Throws unless the map is of a type and has values as large as <typeparamref name="T"/>.</summary>
    public static BpfMap Expect<T>(BpfMap map, Objects.Uapi.MapType type)
        where T : unmanaged => TypedView.Expect(map, type).ExpectKey<int>().ExpectValue<T>();

    /// <summary>A descriptor of a process, which stands for its first thread.</summary>
    /// <exception cref="BpfException">ESRCH: there is no such process.</exception>
    public static BpfFd OpenProcess(BpfMap map, int pid)
    {
        nint fd = Libc.Syscall(SyscallNumbers.PidFdOpen, pid, 0, 0);
        if (fd >= 0) return new BpfFd((int)fd);
        Errno errno = Failure.LastErrno;
        throw new BpfException($"find process {pid} for map '{map.Name}'", errno,
            errno is Errno.ESRCH ? $"there is no process {pid}" : Hints.For(errno));
    }
}
