// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches traffic control programs to network interfaces: by a tcx link, or as clsact filters before Linux 6.6.</summary>
public static class TcAttachment
{
    /// <summary>Attaches to an interface of the current network namespace, found by name.</summary>
    /// <exception cref="BpfException">ENODEV: no such interface.</exception>
    public static BpfLink AttachTc(this BpfProgram program, string interfaceName, TcDirection direction) =>
        program.AttachTc(NetworkInterface.Find(interfaceName), direction);

    /// <summary>Attaches to an interface of the current network namespace, after the programs that are there already.</summary>
    /// <exception cref="BpfException">The kernel refuses.</exception>
    public static BpfLink AttachTc(this BpfProgram program, NetworkInterface networkInterface, TcDirection direction)
    {
        ArgumentNullException.ThrowIfNull(program);
        LinkCreateAttr attr = new()
        {
            ProgFd = (uint)program.Fd.Value,
            TargetFd = (uint)networkInterface.Index,
            AttachType = (uint)(direction is TcDirection.Ingress ? AttachType.TcxIngress : AttachType.TcxEgress),
        };
        Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
        GC.KeepAlive(program);
        return errno switch
        {
            Errno.None => new KernelLink(new BpfFd(fd), Kind(direction), program.Name, Target(networkInterface, direction)),
            Errno.EINVAL => AttachClassifier(program, networkInterface, direction),
            _ => throw Failure.Of(Operation(program, networkInterface, direction), BpfCommand.LinkCreate, errno),
        };
    }

    /// <summary>
    /// Attaches as a filter of the interface's clsact discipline, which is added when missing and removed again with its last
    /// filter. Works on every kernel since 4.5, but the filter outlives a process that is killed.
    /// </summary>
    /// <exception cref="BpfException">The kernel refuses; the hint holds what it says.</exception>
    public static BpfLink AttachClassifier(this BpfProgram program, NetworkInterface networkInterface, TcDirection direction)
    {
        ArgumentNullException.ThrowIfNull(program);
        string operation = Operation(program, networkInterface, direction);
        uint parent = direction is TcDirection.Ingress ? ClassifierNetlink.Ingress : ClassifierNetlink.Egress;
        NetlinkSocket socket = new();
        bool ownsDiscipline = false;
        try
        {
            var added = ClassifierNetlink.AddClsact(socket, networkInterface.Index);
            ownsDiscipline = added.IsOk;
            if (added.Errno is not Errno.EEXIST) added.ThrowIfFailed(operation, "adding the clsact queueing discipline failed");
            ClassifierNetlink.AddFilter(socket, networkInterface.Index, parent, program.Fd.Value, program.Name, out var filter)
                .ThrowIfFailed(operation);
            GC.KeepAlive(program);
            return new ClassifierLink(socket, networkInterface, parent, filter, ownsDiscipline, Kind(direction), program.Name,
                Target(networkInterface, direction));
        }
        catch
        {
            if (ownsDiscipline) _ = ClassifierNetlink.RemoveClsact(socket, networkInterface.Index);
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Attaches to one side of a netkit pair, found by the name of its primary device. Needs Linux 6.7.</summary>
    /// <exception cref="BpfException">ENODEV: no such interface; EINVAL: it is no primary netkit device, or the kernel has none.</exception>
    public static KernelLink AttachNetkit(this BpfProgram program, string interfaceName, bool isPeer)
    {
        ArgumentNullException.ThrowIfNull(program);
        var networkInterface = NetworkInterface.Find(interfaceName);
        string target = $"{interfaceName} {(isPeer ? "peer" : "primary")}";
        LinkCreateAttr attr = new()
        {
            ProgFd = (uint)program.Fd.Value,
            TargetFd = (uint)networkInterface.Index,
            AttachType = (uint)(isPeer ? AttachType.NetkitPeer : AttachType.NetkitPrimary),
        };
        Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
        GC.KeepAlive(program);
        if (errno is Errno.None) return new(new BpfFd(fd), isPeer ? AttachKind.NetkitPeer : AttachKind.NetkitPrimary, program.Name, target);
        string? hint = errno is Errno.EINVAL or Errno.EOPNOTSUPP or Errno.EACCES or Errno.ENXIO
            ? $"'{interfaceName}' must be the primary device of a netkit pair, which needs Linux 6.7"
            : Hints.For(BpfCommand.LinkCreate, errno);
        throw new BpfException($"attach '{program.Name}' to netkit {target}", errno, hint);
    }

    private static string Operation(BpfProgram program, NetworkInterface networkInterface, TcDirection direction) =>
        $"attach '{program.Name}' to tc {Target(networkInterface, direction)}";

    private static string Target(NetworkInterface networkInterface, TcDirection direction) =>
        $"{networkInterface.Name} {(direction is TcDirection.Ingress ? "ingress" : "egress")}";

    private static AttachKind Kind(TcDirection direction) => direction is TcDirection.Ingress ? AttachKind.TcIngress : AttachKind.TcEgress;
}
