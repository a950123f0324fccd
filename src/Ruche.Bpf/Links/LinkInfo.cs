// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Links;

/// <summary>What the kernel tells about a link.</summary>
public sealed record LinkInfo
{
    private const int NameSize = 256;

    /// <summary>The link's id.</summary>
    public required uint Id { get; init; }

    /// <summary>The link's type.</summary>
    public required LinkType Type { get; init; }

    /// <summary>The id of the attached program.</summary>
    public required uint ProgramId { get; init; }

    /// <summary>The attached program's name in the kernel; empty when it is gone.</summary>
    public string ProgramName { get; init; } = "";

    /// <summary>The attach type; null for types of links that have none.</summary>
    public AttachType? AttachType { get; init; }

    /// <summary>The interface of an XDP, tcx or netkit link; 0 for others, and when the interface is gone.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>The cgroup's id (its inode number) of a cgroup link.</summary>
    public ulong CgroupId { get; init; }

    /// <summary>The inode number of the network namespace of a network namespace link.</summary>
    public uint NetNamespace { get; init; }

    /// <summary>The tracepoint of a raw tracepoint link, or the target of an iterator link; empty for others.</summary>
    public string TargetName { get; init; } = "";

    /// <summary>The type, in the kernel's or a program's BTF, that a tracing link is attached to; 0 for others.</summary>
    public uint TargetTypeId { get; init; }

    /// <summary>How a section would ask for such a link.</summary>
    internal AttachKind Kind => Type switch
    {
        LinkType.RawTracepoint => AttachKind.RawTracepoint,
        LinkType.Tracing => AttachType switch
        {
            Objects.Uapi.AttachType.TraceFentry => AttachKind.Fentry,
            Objects.Uapi.AttachType.TraceFexit => AttachKind.Fexit,
            Objects.Uapi.AttachType.ModifyReturn => AttachKind.ModifyReturn,
            Objects.Uapi.AttachType.LsmMac => AttachKind.Lsm,
            _ => AttachKind.BtfTracepoint,
        },
        LinkType.Cgroup => AttachKind.Cgroup,
        LinkType.Iter => AttachKind.Iterator,
        LinkType.NetNs => AttachKind.NetNamespace,
        LinkType.Xdp => AttachKind.Xdp,
        LinkType.PerfEvent => AttachKind.PerfEvent,
        LinkType.KprobeMulti => AttachKind.KprobeMulti,
        LinkType.StructOps => AttachKind.StructOps,
        LinkType.Netfilter => AttachKind.Netfilter,
        LinkType.Tcx => AttachType is Objects.Uapi.AttachType.TcxEgress ? AttachKind.TcEgress : AttachKind.TcIngress,
        LinkType.UprobeMulti => AttachKind.UprobeMulti,
        LinkType.TracingMulti => AttachKind.FentryMulti,
        LinkType.Netkit => AttachKind.NetkitPrimary,
        LinkType.SockMap => AttachKind.SockMap,
        _ => AttachKind.None,
    };

    internal static unsafe LinkInfo Read(BpfFd fd)
    {
        const string Operation = "read info of a link";
        KernelLinkInfo info = default;
        KernelObject.Describe(fd, ref info, Operation);
        string target = "";
        if ((LinkType)info.Type is LinkType.RawTracepoint or LinkType.Iter)
        {
            byte* name = stackalloc byte[NameSize];
            // Both kinds keep the name's address and size at the same place, and the kernel fills what they point to.
            KernelLinkInfo named = new() { RawTracepointTpName = (ulong)name, RawTracepointTpNameLen = NameSize };
            // SAFETY: the name's buffer lives on this stack frame and its size is given.
            KernelObject.Describe(fd, ref named, Operation);
            ReadOnlySpan<byte> text = new(name, NameSize);
            target = Encoding.UTF8.GetString(text[..Math.Max(0, text.IndexOf((byte)0))]);
        }

        return Translate(info) with { TargetName = target, ProgramName = NameOf(info.ProgId) };
    }

    internal string Describe() => Type switch
    {
        LinkType.Xdp or LinkType.Netkit => $"interface {InterfaceIndex}",
        LinkType.Tcx => $"interface {InterfaceIndex} {(AttachType is Objects.Uapi.AttachType.TcxEgress ? "egress" : "ingress")}",
        LinkType.Cgroup => $"cgroup {CgroupId} {AttachType}",
        LinkType.NetNs => $"network namespace {NetNamespace} {AttachType}",
        LinkType.RawTracepoint or LinkType.Iter => TargetName,
        LinkType.Tracing => $"type {TargetTypeId}",
        _ => Type.ToString(),
    };

    private static LinkInfo Translate(in KernelLinkInfo info)
    {
        LinkInfo common = new() { Id = info.Id, Type = (LinkType)info.Type, ProgramId = info.ProgId };
        return common.Type switch
        {
            LinkType.Tracing => common with { AttachType = (AttachType)info.TracingAttachType, TargetTypeId = info.TracingTargetBtfId },
            LinkType.Cgroup => common with { AttachType = (AttachType)info.CgroupAttachType, CgroupId = info.CgroupCgroupId },
            LinkType.NetNs => common with { AttachType = (AttachType)info.NetnsAttachType, NetNamespace = info.NetnsNetnsIno },
            LinkType.Xdp => common with { AttachType = Objects.Uapi.AttachType.Xdp, InterfaceIndex = (int)info.XdpIfindex },
            LinkType.Tcx => common with { AttachType = (AttachType)info.TcxAttachType, InterfaceIndex = (int)info.TcxIfindex },
            LinkType.Netkit => common with { AttachType = (AttachType)info.NetkitAttachType, InterfaceIndex = (int)info.NetkitIfindex },
            _ => common,
        };
    }

    private static string NameOf(uint program)
    {
        using var fd = KernelObject.TryOpen(BpfCommand.ProgGetFdById, program, "open a link's program");
        if (fd is null) return "";
        KernelProgInfo info = default;
        KernelObject.Describe(fd, ref info, "read info of a link's program");
        return info.Name.ToString();
    }
}
