// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Pins;

/// <summary>Pins: names in the BPF file system that keep kernel objects alive after the process that made them.</summary>
public static unsafe class BpfPins
{
    /// <summary>Where the BPF file system is mounted; mounts it at <c>/sys/fs/bpf</c> when it is not.</summary>
    /// <exception cref="BpfException">It is not mounted and the process may not mount it.</exception>
    public static string Root => KernelFileSystems.Bpf();

    /// <summary>Gives a map, program or link a name. Missing directories on the BPF file system are made.</summary>
    /// <exception cref="BpfException">The name is taken (EEXIST), or not on a BPF file system (EINVAL).</exception>
    public static void Pin(BpfFd fd, string path)
    {
        ArgumentNullException.ThrowIfNull(fd);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.StartsWith("/sys/fs/bpf/", StringComparison.Ordinal)) _ = Root;
        if (MountTable.Holds("bpf", path)) Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        Errno errno = TryCall(BpfCommand.ObjPin, path, fd, out _);
        GC.KeepAlive(fd);
        if (errno is not Errno.None) Failure.Throw($"pin at {path}", BpfCommand.ObjPin, errno);
    }

    /// <summary>Opens what is pinned at a path and says what it is. The caller owns the descriptor.</summary>
    /// <exception cref="BpfException">Nothing is pinned there (ENOENT), or it is no BPF object.</exception>
    public static BpfFd Open(string path, out KernelObjectKind kind) =>
        TryOpen(path, out kind) ?? throw Failure.Of($"open the pin {path}", BpfCommand.ObjGet, Errno.ENOENT);

    /// <summary>Opens what is pinned at a path; null when nothing is.</summary>
    public static BpfFd? TryOpen(string path, out KernelObjectKind kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        kind = KernelObjectKind.Unknown;
        Errno errno = TryCall(BpfCommand.ObjGet, path, null, out int number);
        if (errno is Errno.ENOENT) return null;
        if (errno is not Errno.None) Failure.Throw($"open the pin {path}", BpfCommand.ObjGet, errno);
        BpfFd fd = new(number);
        kind = KernelObject.KindOf(fd);
        return fd;
    }

    /// <summary>Removes a pin. Returns false when there was none. The object lives on while somebody else holds it.</summary>
    public static bool Remove(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Libc.Unlink(path) == 0) return true;
        return Failure.LastErrno is Errno.ENOENT ? false : throw Failure.Last($"remove the pin {path}");
    }

    /// <summary>Opens a pinned object that must be of one kind.</summary>
    internal static BpfFd Open(string path, KernelObjectKind wanted)
    {
        BpfFd fd = Open(path, out KernelObjectKind kind);
        if (kind == wanted) return fd;
        fd.Dispose();
        throw new BpfException($"open the pin {path}", Errno.EINVAL, $"a {Word(kind)} is pinned there, not a {Word(wanted)}");
    }

    private static string Word(KernelObjectKind kind) =>
        kind is KernelObjectKind.Unknown ? "foreign object" : kind.ToString().ToLowerInvariant();

    private static Errno TryCall(BpfCommand command, string path, BpfFd? fd, out int result)
    {
        // SAFETY: the array is zero-terminated and pinned for the call.
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            ObjectPinAttr attr = new()
            {
                Pathname = (ulong)name,
                BpfFd = (uint)(fd?.Value ?? 0),
            };
            return BpfSyscall.Try(command, ref attr, out result);
        }
    }
}
