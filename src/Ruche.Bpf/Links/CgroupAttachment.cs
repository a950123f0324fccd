// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches programs to cgroups of the v2 hierarchy: by a BPF link, or as one of several programs before Linux 5.7.</summary>
public static class CgroupAttachment
{
    private const uint AllowMulti = 1 << 1;

    /// <summary>Attaches to a cgroup and all below it, at the hook the program was loaded for.</summary>
    /// <param name="program">A cgroup program.</param>
    /// <param name="path">A directory of the cgroup v2 file system.</param>
    /// <param name="attachType">The hook; null for the one the program was loaded for.</param>
    /// <exception cref="BpfException">ENOENT: no such cgroup; EBADF: the directory is no cgroup v2; EPERM: a program above forbids more.</exception>
    public static BpfLink AttachCgroup(this BpfProgram program, string path, AttachType? attachType = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AttachType hook = attachType ?? program.AttachType ?? DefaultHook(program);
        string target = $"cgroup {path} ({hook})";
        string operation = $"attach '{program.Name}' to {target}";
        using var cgroup = FileDescriptors.OpenDirectory(path, operation);

        LinkCreateAttr attr = new() { ProgFd = (uint)program.Fd.Value, TargetFd = (uint)cgroup.Value, AttachType = (uint)hook };
        Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
        if (errno is Errno.None)
        {
            GC.KeepAlive(program);
            return new KernelLink(new BpfFd(fd), Kind(hook), program.Name, target);
        }

        if (errno is not Errno.EINVAL || hook is AttachType.LsmCgroup) throw Refused(operation, path, errno);
        return AttachProgram(program, cgroup, path, hook);
    }

    /// <summary>The way of kernels before 5.7; the attachment lives as long as the cgroup, unless removed.</summary>
    internal static BpfLink AttachProgram(BpfProgram program, BpfFd cgroup, string path, AttachType hook)
    {
        string target = $"cgroup {path} ({hook})";
        ProgAttachAttr attr = new()
        {
            TargetFd = (uint)cgroup.Value,
            AttachBpfFd = (uint)program.Fd.Value,
            AttachType = (uint)hook,
            AttachFlags = AllowMulti,
        };
        Errno errno = BpfSyscall.Try(BpfCommand.ProgAttach, ref attr);
        if (errno is not Errno.None) throw Refused($"attach '{program.Name}' to {target}", path, errno);
        return new AttachedProgramLink(cgroup.Duplicate(), program, hook, Kind(hook), target, "cgroup program");
    }

    private static BpfException Refused(string operation, string path, Errno errno) => new(operation, errno, errno switch
    {
        Errno.EBADF => KernelFileSystems.Cgroup2() is { } root
            ? $"'{path}' is not a cgroup v2 directory; cgroup v2 is mounted at {root}"
            : $"'{path}' is not a cgroup v2 directory; mount one: mount -t cgroup2 none /sys/fs/cgroup/unified",
        Errno.EPERM when Capabilities.Has(Capabilities.SysAdmin) =>
            "a program attached to this cgroup or one above it does not allow others beside it",
        Errno.EINVAL => "the program was loaded for another hook, or this kernel does not have the hook",
        _ => Hints.For(BpfCommand.LinkCreate, errno),
    });

    private static AttachType DefaultHook(BpfProgram program) => program.Type switch
    {
        ProgramType.CgroupDevice => AttachType.CgroupDevice,
        ProgramType.CgroupSock => AttachType.CgroupInetSockCreate,
        ProgramType.SockOps => AttachType.CgroupSockOps,
        ProgramType.CgroupSysctl => AttachType.CgroupSysctl,
        ProgramType.CgroupSkb => throw new ArgumentException("a cgroup_skb program needs an attach type: ingress or egress", nameof(program)),
        _ => throw new ArgumentException($"a {program.Type} program needs an attach type to be attached to a cgroup", nameof(program)),
    };

    private static AttachKind Kind(AttachType hook) => hook is AttachType.LsmCgroup ? AttachKind.LsmCgroup : AttachKind.Cgroup;
}
