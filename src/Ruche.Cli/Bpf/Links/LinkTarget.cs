// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf;
using Ruche.Bpf.Links;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Types;

namespace Ruche.Cli.Bpf.Links;

/// <summary>Says in a few words what a link is attached to.</summary>
internal static class LinkTarget
{
    private const int Kernel = 1;

    /// <summary>The target; empty when the kernel does not tell.</summary>
    public static string Describe(LinkInfo info, LinkDetails details) => info.Type switch
    {
        LinkType.RawTracepoint => info.TargetName,
        LinkType.Iter => details.MapId == 0 ? info.TargetName : string.Create(CultureInfo.InvariantCulture, $"{info.TargetName} map {details.MapId}"),
        LinkType.Tracing => Function(info, details),
        LinkType.Xdp or LinkType.Tcx or LinkType.Netkit => Interface(info.InterfaceIndex),
        LinkType.Cgroup => CgroupPaths.Find(info.CgroupId) ?? string.Create(CultureInfo.InvariantCulture, $"cgroup {info.CgroupId}"),
        LinkType.NetNs => string.Create(CultureInfo.InvariantCulture, $"netns {info.NetNamespace}"),
        LinkType.StructOps => string.Create(CultureInfo.InvariantCulture, $"map {details.MapId}"),
        LinkType.PerfEvent => Event(details),
        LinkType.KprobeMulti => string.Create(CultureInfo.InvariantCulture, $"{Word(details)} of {details.Count} functions"),
        LinkType.UprobeMulti => string.Create(CultureInfo.InvariantCulture, $"{Word(details)} of {details.Count} places in {details.File}"),
        LinkType.Netfilter when details.Netfilter is { } x =>
            string.Create(CultureInfo.InvariantCulture, $"{x.Family.ToString().ToLowerInvariant()} {x.Hook.ToString().ToLowerInvariant()} priority {x.Priority}"),
        _ => "",
    };

    /// <summary>The interface's name, and its index when it has none here.</summary>
    public static string Interface(int index)
    {
        if (index == 0) return "(detached)";
        try
        {
            return NetworkInterface.Find(index).Name;
        }
        catch (BpfException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"interface {index}");
        }
    }

    private static string Function(LinkInfo info, LinkDetails details)
    {
        if (details.TargetObjectId != Kernel) return string.Create(CultureInfo.InvariantCulture, $"type {info.TargetTypeId} of object {details.TargetObjectId}");
        using LoadedTypes? types = LoadedTypes.TryOpenById(Kernel);
        return types is null ? "" : types.Read().NameOf((int)info.TargetTypeId);
    }

    private static string Event(LinkDetails details) => details.Event switch
    {
        LinkEvent.Uprobe or LinkEvent.Uretprobe => string.Create(CultureInfo.InvariantCulture, $"{Word(details)} {details.File}+0x{details.Offset:x}"),
        LinkEvent.Kprobe or LinkEvent.Kretprobe => $"{Word(details)} {details.Function}" + (details.Offset == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"+0x{details.Offset:x}")),
        LinkEvent.Tracepoint => $"tracepoint {details.Function}",
        LinkEvent.PerfEvent => "perf event",
        _ => "",
    };

    private static string Word(LinkDetails details) => details.Event.ToString().ToLowerInvariant();
}
