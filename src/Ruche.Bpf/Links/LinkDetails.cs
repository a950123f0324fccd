// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Links;

/// <summary>What the kernel tells about one kind of link beyond <see cref="LinkInfo"/>. What does not apply is empty or 0.</summary>
public sealed record LinkDetails
{
    private const int NameRoom = 4096;

    /// <summary>For a perf event link, what kind of event it is; from Linux 6.6.</summary>
    public LinkEvent Event { get; init; }

    /// <summary>The kernel function of a kprobe, or the tracepoint.</summary>
    public string Function { get; init; } = "";

    /// <summary>The file of a user-space probe.</summary>
    public string File { get; init; } = "";

    /// <summary>Where the probe is in its function or file.</summary>
    public ulong Offset { get; init; }

    /// <summary>The number the program was given for this attachment.</summary>
    public ulong Cookie { get; init; }

    /// <summary>How many functions a multi-probe is attached to.</summary>
    public uint Count { get; init; }

    /// <summary>The process a multi-probe is limited to.</summary>
    public int Pid { get; init; }

    /// <summary>How often a probe was not run because it was running already.</summary>
    public ulong Missed { get; init; }

    /// <summary>The map of a struct_ops or iterator link.</summary>
    public uint MapId { get; init; }

    /// <summary>The BTF object or program that <see cref="LinkInfo.TargetTypeId"/> belongs to.</summary>
    public uint TargetObjectId { get; init; }

    /// <summary>How a netfilter link is attached; null for others.</summary>
    public NetfilterOptions? Netfilter { get; init; }

    /// <summary>Asks the kernel about a link. A kernel that does not know a detail leaves it empty.</summary>
    public static LinkDetails Of(KernelLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        KernelLinkInfo info = Describe(link.Fd, default);
        return (LinkType)info.Type switch
        {
            LinkType.RawTracepoint => new() { Cookie = info.RawTracepointCookie },
            LinkType.Tracing => new() { TargetObjectId = info.TracingTargetObjId, Cookie = info.TracingCookie },
            LinkType.Iter => new() { MapId = info.IterMapMapId },
            LinkType.StructOps => new() { MapId = info.StructOpsMapId },
            LinkType.Netfilter => new() { Netfilter = NetfilterOf(info) },
            LinkType.PerfEvent => PerfEventOf(link.Fd, info),
            LinkType.KprobeMulti => KprobesOf(link.Fd),
            LinkType.UprobeMulti => UprobesOf(link.Fd),
            _ => new(),
        };
    }

    private static NetfilterOptions NetfilterOf(in KernelLinkInfo info) => new()
    {
        Family = (NetfilterFamily)info.NetfilterPf,
        Hook = (NetfilterHook)info.NetfilterHooknum,
        Priority = info.NetfilterPriority,
        Defragment = (info.NetfilterFlags & 1) != 0,
    };

    private static unsafe LinkDetails PerfEventOf(BpfFd fd, in KernelLinkInfo info)
    {
        var kind = (LinkEvent)info.PerfEventType;
        if (kind is LinkEvent.Unknown or LinkEvent.PerfEvent) return new() { Event = kind, Cookie = info.PerfEventEventCookie };
        byte* name = stackalloc byte[NameRoom];
        // SAFETY: the name's buffer lives on this stack frame and its size is given; all kinds keep both at the same place.
        KernelLinkInfo named = Describe(fd, new() { PerfEventUprobeFileName = (ulong)name, PerfEventUprobeNameLen = NameRoom });
        string text = Text(name);
        return kind switch
        {
            LinkEvent.Uprobe or LinkEvent.Uretprobe =>
                new() { Event = kind, File = text, Offset = named.PerfEventUprobeOffset, Cookie = named.PerfEventUprobeCookie },
            LinkEvent.Kprobe or LinkEvent.Kretprobe =>
                new() { Event = kind, Function = text, Offset = named.PerfEventKprobeOffset, Missed = named.PerfEventKprobeMissed, Cookie = named.PerfEventKprobeCookie },
            _ => new() { Event = kind, Function = text, Cookie = named.PerfEventTracepointCookie },
        };
    }

    private static LinkDetails KprobesOf(BpfFd fd)
    {
        KernelLinkInfo info = Describe(fd, default);
        return new()
        {
            Event = (info.KprobeMultiFlags & 1) != 0 ? LinkEvent.Kretprobe : LinkEvent.Kprobe,
            Count = info.KprobeMultiCount,
            Missed = info.KprobeMultiMissed,
        };
    }

    private static unsafe LinkDetails UprobesOf(BpfFd fd)
    {
        byte* path = stackalloc byte[NameRoom];
        // SAFETY: the path's buffer lives on this stack frame and its size is given.
        KernelLinkInfo info = Describe(fd, new() { UprobeMultiPath = (ulong)path, UprobeMultiPathSize = NameRoom });
        return new()
        {
            Event = (info.UprobeMultiFlags & 1) != 0 ? LinkEvent.Uretprobe : LinkEvent.Uprobe,
            File = Text(path),
            Count = info.UprobeMultiCount,
            Pid = (int)info.UprobeMultiPid,
        };
    }

    private static KernelLinkInfo Describe(BpfFd fd, KernelLinkInfo info)
    {
        KernelObject.Describe(fd, ref info, "read info of a link");
        return info;
    }

    private static unsafe string Text(byte* name)
    {
        ReadOnlySpan<byte> text = new(name, NameRoom);
        return Encoding.UTF8.GetString(text[..Math.Max(0, text.IndexOf((byte)0))]);
    }
}
