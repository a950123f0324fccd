// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches programs to sockets and to maps of sockets.</summary>
public static class SocketAttachment
{
    /// <summary>Attaches a socket filter to one socket, or a program that chooses among all sockets that share its port (SO_REUSEPORT).</summary>
    /// <exception cref="BpfException">EINVAL: the socket shares its port with none.</exception>
    public static BpfLink AttachSocket(this BpfProgram program, Socket socket)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(socket);
        return new SocketLink(program, socket);
    }

    /// <summary>Attaches a program to the sockets that are in a map, or will be: by a BPF link, or directly before Linux 6.10.</summary>
    /// <param name="program">A stream parser, verdict or message program.</param>
    /// <param name="map">A socket map or socket hash.</param>
    /// <param name="attachType">The hook; null for the one the program was loaded for.</param>
    /// <exception cref="BpfException">The map has a program at that hook already, or the kernel refuses.</exception>
    public static BpfLink AttachSockMap(this BpfProgram program, BpfMap map, AttachType? attachType = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(map);
        AttachType hook = attachType ?? program.AttachType
            ?? (program.Type is ProgramType.SkMsg ? AttachType.SkMsgVerdict : AttachType.SkSkbStreamVerdict);
        string target = $"sockets of map '{map.Name}' ({hook})";
        LinkCreateAttr attr = new() { ProgFd = (uint)program.Fd.Value, TargetFd = (uint)map.Fd.Value, AttachType = (uint)hook };
        Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
        if (errno is Errno.None) return new KernelLink(new BpfFd(fd), AttachKind.SockMap, program.Name, target);

        ProgAttachAttr direct = new() { TargetFd = (uint)map.Fd.Value, AttachBpfFd = (uint)program.Fd.Value, AttachType = (uint)hook };
        BpfSyscall.Check(BpfCommand.ProgAttach, ref direct, $"attach '{program.Name}' to {target}");
        return new AttachedProgramLink(map.Fd.Duplicate(), program, hook, AttachKind.SockMap, target, "socket map program");
    }
}
