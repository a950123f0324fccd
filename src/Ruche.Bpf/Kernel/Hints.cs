// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What an error number usually means, in plain words with the way out.</summary>
internal static class Hints
{
    /// <summary>A hint for any system call; null when the number says it all.</summary>
    public static string? For(Errno errno) => errno switch
    {
        Errno.EPERM or Errno.EACCES => Permission,
        Errno.EMFILE => "the process has too many open files; raise its limit (ulimit -n)",
        Errno.ENFILE => "the system has too many open files",
        Errno.ENOMEM => "the kernel has no memory for it; make it smaller, or raise the memory limit of the cgroup",
        Errno.ENOSYS => "this kernel has no such system call, or a seccomp profile hides it",
        _ => null,
    };

    /// <summary>A hint for a command of bpf(2); null when the number says it all.</summary>
    public static string? For(BpfCommand command, Errno errno) => (command, errno) switch
    {
        (BpfCommand.MapUpdateElem or BpfCommand.MapUpdateBatch, Errno.E2BIG) => "the map is full; raise max_entries",
        (BpfCommand.MapUpdateElem, Errno.EEXIST) => "the key is there already",
        (BpfCommand.MapUpdateElem, Errno.EBUSY) => "a program is using the entry; try again",
        (BpfCommand.MapLookupElem or BpfCommand.MapDeleteElem or BpfCommand.MapUpdateElem, Errno.ENOENT) => "the map has no such key",
        (BpfCommand.MapLookupElem or BpfCommand.MapLookupAndDeleteElem or BpfCommand.MapUpdateElem or BpfCommand.MapDeleteElem, Errno.EPERM) =>
            "the map is frozen, or opened or created without the right to do this",
        (BpfCommand.MapCreate or BpfCommand.ProgLoad or BpfCommand.BtfLoad, Errno.EPERM) when RlimitMemlock.IsInTheWay =>
            "the limit on locked memory is used up, to which kernels before 5.11 charge BPF objects; raise it: ulimit -l unlimited",
        (BpfCommand.MapFreeze, Errno.EBUSY) => "the map is mapped writable somewhere; unmap it first",
        (BpfCommand.MapCreate, Errno.E2BIG) => "max_entries, or a key or value, is larger than the kernel allows",
        (BpfCommand.MapCreate, Errno.EINVAL) =>
            "the kernel does not know this map type, or not with these flags, key and value sizes, or max_entries",
        (BpfCommand.MapCreate, Errno.ENOTSUPP or Errno.EOPNOTSUPP) => "this kernel cannot do that with this map type",
        (BpfCommand.ProgLoad, Errno.E2BIG) => "the program is too large or too complex for the kernel's verifier",
        (BpfCommand.ProgLoad, Errno.ENOSPC) => "the verifier's log did not fit its buffer",
        (BpfCommand.ObjPin, Errno.EEXIST) => "something is pinned there already; remove that pin or choose another path",
        (BpfCommand.ObjPin, Errno.EINVAL) => "the path is not on a BPF file system",
        (BpfCommand.ObjPin, Errno.EPERM) => "the path is not on a BPF file system, or the process may not write there",
        (BpfCommand.ObjPin, Errno.ENOENT) => "the directory does not exist",
        (BpfCommand.ObjGet, Errno.ENOENT) => "nothing is pinned there",
        (BpfCommand.LinkCreate or BpfCommand.ProgAttach, Errno.EBUSY) => "something else is attached there already",
        (BpfCommand.LinkCreate or BpfCommand.ProgAttach, Errno.EEXIST) => "the program is attached there already",
        (BpfCommand.MapGetFdById or BpfCommand.ProgGetFdById or BpfCommand.LinkGetFdById or BpfCommand.BtfGetFdById, Errno.ENOENT) =>
            "no such id; the object is gone",
        _ => For(errno),
    };

    private static string Permission => Capabilities.Has(Capabilities.SysAdmin)
        ? Lockdown.Hint() ?? "refused although the process is privileged; a security module or the container's profile forbids it"
        : "needs CAP_BPF (with CAP_PERFMON for tracing, CAP_NET_ADMIN for networking), or run as root";
}
