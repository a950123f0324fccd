// SPDX-License-Identifier: MIT
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Attachments;

/// <summary>Asks network interfaces which programs they run, whoever attached them. Needs CAP_NET_ADMIN.</summary>
public static class InterfacePrograms
{
    private static readonly (AttachType Type, string Hook, string Kind)[] MultiHooks =
    [
        (AttachType.TcxIngress, "tcx", "ingress"),
        (AttachType.TcxEgress, "tcx", "egress"),
        (AttachType.NetkitPrimary, "netkit", "primary"),
        (AttachType.NetkitPeer, "netkit", "peer"),
    ];

    /// <summary>The interfaces of this process's network namespace, by index. Those that vanish meanwhile are left out.</summary>
    public static IReadOnlyList<NetworkInterface> Interfaces()
    {
        List<NetworkInterface> found = [];
        foreach (string line in File.ReadLines("/proc/self/net/dev").Skip(2))
        {
            try
            {
                found.Add(NetworkInterface.Find(line.AsSpan(0, line.LastIndexOf(':')).Trim().ToString()));
            }
            catch (BpfException e) when (e.Errno is Errno.ENODEV)
            {
                // Removed since the list was read.
            }
        }

        return [.. found.OrderBy(one => one.Index)];
    }

    /// <summary>The XDP, tcx, netkit and clsact programs of an interface, in this order.</summary>
    public static IReadOnlyList<InterfaceProgram> Of(NetworkInterface networkInterface)
    {
        using NetlinkSocket socket = new();
        List<InterfaceProgram> found = [];
        XdpState xdp = XdpNetlink.Query(socket, networkInterface.Index);
        foreach ((uint id, string kind) in Programs(xdp)) found.Add(new(networkInterface, "xdp", kind, id));
        foreach ((AttachType type, string hook, string kind) in MultiHooks)
            foreach (AttachedProgram attached in AttachedPrograms.OnInterface(networkInterface.Index, type))
                found.Add(new(networkInterface, hook, kind, attached.ProgramId, attached.LinkId));
        foreach ((uint parent, string kind) in ((uint, string)[])[(ClassifierNetlink.Ingress, "ingress"), (ClassifierNetlink.Egress, "egress")])
            foreach ((uint id, string name) in ClassifierPrograms.Find(socket, networkInterface.Index, parent))
                found.Add(new(networkInterface, "clsact", kind, id, Name: name));
        return found;
    }

    private static IEnumerable<(uint Id, string Kind)> Programs(XdpState xdp)
    {
        const byte Several = 4;
        if (xdp.Attached != Several)
        {
            if (xdp.AnyId != 0) yield return (xdp.AnyId, xdp.Mode);
            yield break;
        }

        if (xdp.NativeId != 0) yield return (xdp.NativeId, "native");
        if (xdp.GenericId != 0) yield return (xdp.GenericId, "generic");
        if (xdp.OffloadId != 0) yield return (xdp.OffloadId, "offloaded");
    }
}
