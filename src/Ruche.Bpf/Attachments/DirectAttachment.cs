// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Links;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Attachments;

/// <summary>Attaches programs without a link: they stay until they are detached, or what they are attached to is gone.</summary>
public static partial class DirectAttachment
{
    /// <summary>Cgroups below may attach a program of their own instead.</summary>
    public const uint AllowOverride = 1;

    /// <summary>Several programs may be attached; those of cgroups below run too.</summary>
    public const uint AllowMulti = 2;

    /// <summary>Attaches a program to a cgroup and all below it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="path">The cgroup's directory.</param>
    /// <param name="hook">The hook.</param>
    /// <param name="flags">0, <see cref="AllowOverride"/> or <see cref="AllowMulti"/>.</param>
    /// <exception cref="BpfException">ENOENT: no such cgroup; EPERM: a program there, or above, does not allow others beside it.</exception>
    public static void AttachToCgroup(BpfProgram program, string path, AttachType hook, uint flags = 0)
    {
        string operation = $"attach '{program?.Name}' to cgroup {path}";
        using BpfFd cgroup = FileDescriptors.OpenDirectory(path, operation);
        Call(BpfCommand.ProgAttach, program, cgroup.Value, hook, flags, operation);
    }

    /// <summary>Detaches a program from a cgroup.</summary>
    /// <exception cref="BpfException">ENOENT: no such cgroup, or it is not attached there without a link.</exception>
    public static void DetachFromCgroup(BpfProgram program, string path, AttachType hook)
    {
        string operation = $"detach '{program?.Name}' from cgroup {path}";
        using BpfFd cgroup = FileDescriptors.OpenDirectory(path, operation);
        Call(BpfCommand.ProgDetach, program, cgroup.Value, hook, 0, operation);
    }

    /// <summary>Attaches a program to the sockets in a map.</summary>
    /// <exception cref="BpfException">The kernel refuses.</exception>
    public static void AttachToMap(BpfProgram program, BpfMap map, AttachType hook)
    {
        ArgumentNullException.ThrowIfNull(map);
        Call(BpfCommand.ProgAttach, program, map.Fd.Value, hook, 0, $"attach '{program?.Name}' to map '{map.Name}'");
        GC.KeepAlive(map);
    }

    /// <summary>Detaches a program from the sockets in a map.</summary>
    /// <exception cref="BpfException">ENOENT: it is not attached there.</exception>
    public static void DetachFromMap(BpfProgram program, BpfMap map, AttachType hook)
    {
        ArgumentNullException.ThrowIfNull(map);
        Call(BpfCommand.ProgDetach, program, map.Fd.Value, hook, 0, $"detach '{program?.Name}' from map '{map.Name}'");
        GC.KeepAlive(map);
    }

    private static void Call(BpfCommand command, BpfProgram? program, int target, AttachType hook, uint flags, string operation)
    {
        ArgumentNullException.ThrowIfNull(program);
        ProgAttachAttr attr = new() { TargetFd = (uint)target, AttachBpfFd = (uint)program.Fd.Value, AttachType = (uint)hook, AttachFlags = flags };
        BpfSyscall.Check(command, ref attr, operation);
        GC.KeepAlive(program);
    }
}
