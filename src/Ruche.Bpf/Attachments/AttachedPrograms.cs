// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Attachments;

/// <summary>Asks hooks which programs are attached there, whoever attached them. Needs CAP_NET_ADMIN.</summary>
public static unsafe class AttachedPrograms
{
    private const int Room = 64;
    private const uint EffectiveFlag = 1;

    /// <summary>The hooks of cgroups.</summary>
    public static IReadOnlyList<AttachType> CgroupHooks { get; } = Array.FindAll(
        Enum.GetValues<AttachType>(), type => type.ToString().StartsWith("Cgroup", StringComparison.Ordinal) || type is AttachType.LsmCgroup);

    /// <summary>The programs at one hook of a cgroup, in the order they run.</summary>
    /// <param name="path">The cgroup's directory.</param>
    /// <param name="hook">The hook.</param>
    /// <param name="isEffective">Whether to count those attached to cgroups above.</param>
    /// <exception cref="BpfException">It is no cgroup, or the process may not ask. A hook that the kernel does not know has no programs.</exception>
    public static IReadOnlyList<AttachedProgram> OnCgroup(string path, AttachType hook, bool isEffective = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using BpfFd cgroup = FileDescriptors.OpenDirectory(path, $"list the programs of cgroup {path}");
        return Query(cgroup.Value, hook, isEffective ? EffectiveFlag : 0, $"list the programs of cgroup {path}");
    }

    /// <summary>The tcx or netkit programs of an interface, in the order they run.</summary>
    /// <param name="index">The interface's index.</param>
    /// <param name="hook">A tcx or netkit attach type.</param>
    public static IReadOnlyList<AttachedProgram> OnInterface(int index, AttachType hook) => Query(index, hook, 0, $"list the programs of interface {index}");

    /// <summary>The flow dissector or socket lookup programs of this process's network namespace.</summary>
    /// <param name="hook">The attach type.</param>
    public static IReadOnlyList<AttachedProgram> OnNetNamespace(AttachType hook)
    {
        const string Operation = "list the programs of the network namespace";
        using BpfFd ns = FileDescriptors.OpenFile("/proc/self/ns/net", Operation);
        return Query(ns.Value, hook, 0, Operation);
    }

    private static List<AttachedProgram> Query(int target, AttachType hook, uint flags, string operation)
    {
        for (int room = Room; ; room *= 4)
        {
            List<AttachedProgram> found = [];
            Errno errno = Query(target, hook, flags, room, found);
            if (errno is Errno.ENOSPC && room < 1 << 16) continue;

            // Hooks that this kernel does not know, or that make no sense for this target, have no programs.
            if (errno is Errno.None or Errno.EINVAL or Errno.EOPNOTSUPP or Errno.ENODEV or Errno.ENOENT) return found;
            throw Failure.Of(operation, BpfCommand.ProgQuery, errno);
        }
    }

    private static Errno Query(int target, AttachType hook, uint flags, int room, List<AttachedProgram> found)
    {
        uint[] programs = new uint[room], links = new uint[room];

        // The kernel tells the links of tcx and netkit only; for cgroups it refuses the array.
        bool hasLinks = hook is AttachType.TcxIngress or AttachType.TcxEgress or AttachType.NetkitPrimary or AttachType.NetkitPeer;
        // SAFETY: the arrays are pinned during the call and have room for the count that the kernel is told.
        fixed (uint* programsAt = programs, linksAt = links)
        {
            ProgQueryAttr attr = new()
            {
                TargetFd = (uint)target,
                AttachType = (uint)hook,
                QueryFlags = flags,
                ProgIds = (ulong)programsAt,
                Count = (uint)room,
                LinkIds = hasLinks ? (ulong)linksAt : 0,
            };
            Errno errno = BpfSyscall.Try(BpfCommand.ProgQuery, ref attr);
            if (errno is not Errno.None) return errno;
            for (int i = 0; i < attr.Count && i < room; i++) found.Add(new(programs[i], hook, links[i], attr.AttachFlags));
            return Errno.None;
        }
    }
}
