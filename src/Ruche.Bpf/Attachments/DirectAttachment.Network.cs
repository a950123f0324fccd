// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Links;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Attachments;

public static partial class DirectAttachment
{
    /// <summary>Attaches an XDP program to an interface.</summary>
    /// <param name="program">The program.</param>
    /// <param name="networkInterface">The interface.</param>
    /// <param name="mode">Where it runs.</param>
    /// <param name="replaces">Whether it takes the place of a program that is there.</param>
    /// <exception cref="BpfException">EBUSY, EEXIST: it has an XDP program already; EOPNOTSUPP: its driver has no native XDP.</exception>
    public static void AttachXdp(BpfProgram program, NetworkInterface networkInterface, XdpMode mode = XdpMode.Auto, bool replaces = false)
    {
        ArgumentNullException.ThrowIfNull(program);
        using NetlinkSocket socket = new();
        uint flags = XdpAttachment.Flags(mode) | (replaces ? 0 : XdpNetlink.UpdateIfNoExist);
        NetlinkResult result = XdpNetlink.Set(socket, networkInterface.Index, program.Fd.Value, flags);
        GC.KeepAlive(program);
        result.ThrowIfFailed(XdpAttachment.Operation(program, networkInterface), XdpAttachment.Hint(networkInterface, mode, result.Errno));
    }

    /// <summary>Detaches the XDP program of an interface that was attached without a link; does nothing when there is none.</summary>
    /// <exception cref="BpfException">EBUSY: it is attached by a link.</exception>
    public static void DetachXdp(NetworkInterface networkInterface, XdpMode mode = XdpMode.Auto)
    {
        const int None = -1;
        using NetlinkSocket socket = new();
        NetlinkResult result = XdpNetlink.Set(socket, networkInterface.Index, None, XdpAttachment.Flags(mode));
        result.ThrowIfFailed($"detach the XDP program of {networkInterface.Name}", result.Errno is Errno.EBUSY ? "detach its link instead" : null);
    }

    /// <summary>Attaches a program to a tcx or netkit hook of an interface, after those that are there. Needs Linux 6.6.</summary>
    /// <exception cref="BpfException">EEXIST: it is attached there already; EINVAL: the interface or the kernel has no such hook.</exception>
    public static void AttachToInterface(BpfProgram program, NetworkInterface networkInterface, AttachType hook) =>
        Call(BpfCommand.ProgAttach, program, networkInterface.Index, hook, 0, $"attach '{program?.Name}' to {hook.KernelName()} of {networkInterface.Name}");

    /// <summary>Detaches the last program at a tcx or netkit hook of an interface.</summary>
    /// <exception cref="BpfException">ENOENT: there is none; EBUSY: it is attached by a link.</exception>
    public static void DetachFromInterface(NetworkInterface networkInterface, AttachType hook)
    {
        string operation = $"detach the last program from {hook.KernelName()} of {networkInterface.Name}";
        ProgAttachAttr attr = new() { TargetFd = (uint)networkInterface.Index, AttachType = (uint)hook };
        Errno errno = BpfSyscall.Try(BpfCommand.ProgDetach, ref attr);
        if (errno is Errno.None) return;
        throw new BpfException(operation, errno, errno switch
        {
            Errno.ENOENT => "there is none",
            Errno.EBUSY => "it is attached by a link; detach that instead",
            _ => Hints.For(BpfCommand.ProgDetach, errno),
        });
    }

    /// <summary>Makes a program the flow dissector of this process's network namespace.</summary>
    /// <exception cref="BpfException">EEXIST: the first namespace has one, which goes for all; EBUSY: one is attached by a link.</exception>
    public static void AttachFlowDissector(BpfProgram program) =>
        Call(BpfCommand.ProgAttach, program, 0, AttachType.FlowDissector, 0, $"attach '{program?.Name}' as flow dissector");

    /// <summary>Ends a program's being the flow dissector of this process's network namespace.</summary>
    /// <exception cref="BpfException">ENOENT, EINVAL: it is not.</exception>
    public static void DetachFlowDissector(BpfProgram program) =>
        Call(BpfCommand.ProgDetach, program, 0, AttachType.FlowDissector, 0, $"detach '{program?.Name}' as flow dissector");
}
