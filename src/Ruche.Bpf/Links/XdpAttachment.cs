// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches XDP programs to network interfaces: by a BPF link, or over netlink before Linux 5.9.</summary>
public static class XdpAttachment
{
    private const int UsualMtu = 1500;

    /// <summary>Attaches to an interface of the current network namespace, found by name.</summary>
    /// <exception cref="BpfException">ENODEV: no such interface; EBUSY: it has an XDP program already; EOPNOTSUPP: its driver has no native XDP.</exception>
    public static BpfLink AttachXdp(this BpfProgram program, string interfaceName, XdpMode mode = XdpMode.Auto) =>
        program.AttachXdp(NetworkInterface.Find(interfaceName), mode);

    /// <summary>Attaches to an interface of the current network namespace.</summary>
    /// <exception cref="BpfException">EBUSY: it has an XDP program already; EOPNOTSUPP: its driver has no native XDP.</exception>
    public static BpfLink AttachXdp(this BpfProgram program, NetworkInterface networkInterface, XdpMode mode = XdpMode.Auto)
    {
        ArgumentNullException.ThrowIfNull(program);
        LinkCreateAttr attr = new()
        {
            ProgFd = (uint)program.Fd.Value,
            TargetFd = (uint)networkInterface.Index,
            AttachType = (uint)AttachType.Xdp,
            Flags = Flags(mode),
        };
        Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int fd);
        GC.KeepAlive(program);
        if (errno is Errno.None) return new KernelLink(new BpfFd(fd), AttachKind.Xdp, program.Name, networkInterface.Name);
        if (errno is Errno.EINVAL) return AttachOverNetlink(program, networkInterface, Flags(mode));
        throw new BpfException(Operation(program, networkInterface), errno, Hint(networkInterface, mode, errno));
    }

    /// <summary>The way of kernels before 5.9; the attachment outlives a process that is killed.</summary>
    internal static BpfLink AttachOverNetlink(BpfProgram program, NetworkInterface networkInterface, uint flags)
    {
        NetlinkSocket socket = new();
        try
        {
            var result = XdpNetlink.Set(socket, networkInterface.Index, program.Fd.Value, flags | XdpNetlink.UpdateIfNoExist);
            result.ThrowIfFailed(Operation(program, networkInterface), Hint(networkInterface, ModeOf(flags), result.Errno));
            return new NetlinkXdpLink(socket, networkInterface, program, flags);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal static string Operation(BpfProgram program, NetworkInterface networkInterface) =>
        $"attach '{program.Name}' to XDP of {networkInterface.Name}";

    internal static uint Flags(XdpMode mode) => mode switch
    {
        XdpMode.Native => XdpNetlink.NativeMode,
        XdpMode.Generic => XdpNetlink.GenericMode,
        XdpMode.Offloaded => XdpNetlink.OffloadMode,
        _ => 0,
    };

    private static XdpMode ModeOf(uint flags) => flags switch
    {
        XdpNetlink.NativeMode => XdpMode.Native,
        XdpNetlink.GenericMode => XdpMode.Generic,
        XdpNetlink.OffloadMode => XdpMode.Offloaded,
        _ => XdpMode.Auto,
    };

    internal static string? Hint(NetworkInterface networkInterface, XdpMode mode, Errno errno) => errno switch
    {
        Errno.EBUSY or Errno.EEXIST => Occupant(networkInterface),
        Errno.EOPNOTSUPP or Errno.ENOTSUPP when mode is XdpMode.Native => $"the driver of {networkInterface.Name} has no native XDP; use generic mode",
        Errno.EOPNOTSUPP or Errno.ENOTSUPP when mode is XdpMode.Offloaded => $"the card behind {networkInterface.Name} cannot run XDP programs",
        Errno.ERANGE or Errno.EOPNOTSUPP when MtuOf(networkInterface) is > UsualMtu and var mtu =>
            $"the driver runs XDP programs on small packets only: lower the MTU ({mtu}), load the program as one for fragments (SEC(\"xdp.frags\")), or use generic mode",
        Errno.EINVAL when mode is XdpMode.Offloaded => $"the card behind {networkInterface.Name} cannot run XDP programs, or the program was not loaded for it",
        Errno.EINVAL => "the driver may refuse the interface's MTU, its offloads, or a program with fragments; see the kernel log, or use generic mode",
        Errno.ENODEV => $"{networkInterface.Name} is gone",
        _ => Hints.For(BpfCommand.LinkCreate, errno),
    };

    /// <summary>The size of the largest packet; 0 when it is not known. Sysfs shows the interfaces of the network namespace in which it was mounted.</summary>
    private static int MtuOf(NetworkInterface networkInterface)
    {
        var found = System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces().FirstOrDefault(i => i.Name == networkInterface.Name);
        return found?.GetIPProperties().GetIPv4Properties()?.Mtu ?? 0;
    }

    private static string Occupant(NetworkInterface networkInterface)
    {
        using NetlinkSocket socket = new();
        var state = XdpNetlink.Query(socket, networkInterface.Index);
        if (state.AnyId == 0) return $"{networkInterface.Name} was occupied a moment ago; try again";
        string way = $"ip link set dev {networkInterface.Name} xdp off";
        return $"{networkInterface.Name} runs program {state.AnyId} ({state.Mode}) already; end whoever attached it, or try: {way}";
    }
}
