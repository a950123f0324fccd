// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>What maps, programs, links and BTF have in common: ids, information, and a kind.</summary>
internal static unsafe class KernelObject
{
    /// <summary>All ids of a kind, lowest first, as they are while the walk goes on.</summary>
    /// <param name="command">One of the <c>…GetNextId</c> commands.</param>
    public static IEnumerable<uint> Ids(BpfCommand command)
    {
        uint id = 0;
        while (NextId(command, ref id)) yield return id;
    }

    /// <summary>Opens an object by id; null when there is none of that id any more.</summary>
    /// <param name="command">One of the <c>…GetFdById</c> commands.</param>
    /// <param name="id">The id.</param>
    /// <param name="operation">What to say when the kernel refuses.</param>
    public static BpfFd? TryOpen(BpfCommand command, uint id, string operation)
    {
        ObjectIdAttr attr = new() { StartId = id };
        Errno errno = BpfSyscall.Try(command, ref attr, out int fd);
        return errno switch
        {
            Errno.None => BpfFd.Join(fd),
            Errno.ENOENT => null,
            _ => throw Failure.Of(operation, command, errno),
        };
    }

    /// <summary>Fills one of the <c>Kernel…Info</c> structures, whose pointers may have been set before.</summary>
    public static void Describe<TInfo>(BpfFd fd, ref TInfo info, string operation)
        where TInfo : unmanaged
    {
        // SAFETY: the structure is pinned for the call and its size is given; an older kernel fills less of it.
        fixed (TInfo* pointer = &info)
        {
            ObjectInfoAttr attr = new() { BpfFd = (uint)fd.Value, InfoLen = (uint)Unsafe.SizeOf<TInfo>(), Info = (ulong)pointer };
            BpfSyscall.Check(BpfCommand.ObjGetInfoByFd, ref attr, operation);
        }

        GC.KeepAlive(fd);
    }

    /// <summary>What a descriptor stands for.</summary>
    public static KernelObjectKind KindOf(BpfFd fd)
    {
        string? target = File.ResolveLinkTarget($"/proc/self/fd/{fd.Value}", returnFinalTarget: false)?.Name;
        GC.KeepAlive(fd);
        return target switch
        {
            "anon_inode:bpf-map" => KernelObjectKind.Map,
            "anon_inode:bpf-prog" => KernelObjectKind.Program,
            "anon_inode:bpf_link" or "anon_inode:bpf-link" => KernelObjectKind.Link,
            "anon_inode:btf" => KernelObjectKind.Btf,
            _ => KernelObjectKind.Unknown,
        };
    }

    /// <summary>The id of what a descriptor stands for; null when it is of no kind that has one.</summary>
    public static uint? TryIdOf(BpfFd fd, KernelObjectKind kind) => kind switch
    {
        KernelObjectKind.Map => Described<KernelMapInfo>(fd).Id,
        KernelObjectKind.Program => Described<KernelProgInfo>(fd).Id,
        KernelObjectKind.Link => Described<KernelLinkInfo>(fd).Id,
        _ => null,
    };

    /// <summary>One line of <c>/proc/self/fdinfo</c>; null when the kernel does not say.</summary>
    public static string? Fact(BpfFd fd, string name)
    {
        foreach (string line in File.ReadLines($"/proc/self/fdinfo/{fd.Value}"))
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] == ':')
                return line[(name.Length + 1)..].Trim();
        return null;
    }

    private static TInfo Described<TInfo>(BpfFd fd)
        where TInfo : unmanaged
    {
        TInfo info = default;
        Describe(fd, ref info, "read info of an object");
        return info;
    }

    private static bool NextId(BpfCommand command, ref uint id)
    {
        ObjectIdAttr attr = new() { StartId = id };
        Errno errno = BpfSyscall.Try(command, ref attr);
        if (errno is not (Errno.None or Errno.ENOENT)) Failure.Throw("list the kernel's BPF objects", command, errno);
        id = attr.NextId;
        return errno is Errno.None;
    }
}
