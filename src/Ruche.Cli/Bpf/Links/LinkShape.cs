// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Json;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Links;

/// <summary>How links are listed.</summary>
internal sealed class LinkShape(Surroundings surroundings) : IListingShape<LinkRow>
{
    public string[] Head => ["ID", "TYPE", "PROG", "NAME", "ATTACH", "TARGET", "COOKIE", "MISSED", "PINNED", "HELD BY"];

    public string[] Cells(LinkRow row) =>
    [
        Text.Of(row.Info.Id), TypeName(row.Info.Type), Text.OrEmpty(row.Info.ProgramId), row.Info.ProgramName,
        row.Info.AttachType?.KernelName() ?? "", row.Target, Text.OrEmpty(row.Details.Cookie), Text.OrEmpty(row.Details.Missed),
        surroundings.PinCell(row.Info.Id), surroundings.HolderCell(row.Info.Id),
    ];

    public void WriteMembers(Utf8JsonWriter json, LinkRow row)
    {
        json.WriteNumber("id", row.Info.Id);
        json.WriteString("type", TypeName(row.Info.Type));
        if (row.Info.ProgramId > 0) json.WriteNumber("prog_id", row.Info.ProgramId);
        if (row.Info.ProgramName.Length > 0) json.WriteString("prog_name", row.Info.ProgramName);
        if (row.Info.AttachType is { } attach) json.WriteString("attach_type", attach.KernelName());
        if (row.Target.Length > 0) json.WriteString("target", row.Target);
        WriteTarget(json, row.Info, row.Details);
        WriteProbe(json, row.Details);
        surroundings.WriteMembers(json, row.Info.Id);
    }

    /// <summary>The type as bpftool writes it.</summary>
    public static string TypeName(LinkType type)
    {
        StringBuilder name = new();
        foreach (char c in type.ToString())
        {
            if (char.IsUpper(c) && name.Length > 0 && type is not (LinkType.NetNs or LinkType.SockMap)) name.Append('_');
            name.Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }

    private static void WriteTarget(Utf8JsonWriter json, LinkInfo info, LinkDetails details)
    {
        if (info.Type is LinkType.RawTracepoint) json.WriteString("tp_name", info.TargetName);
        if (info.Type is LinkType.Iter) json.WriteString("target_name", info.TargetName);
        if (details.MapId > 0) json.WriteNumber("map_id", details.MapId);
        if (info.TargetTypeId > 0)
        {
            json.WriteNumber("target_obj_id", details.TargetObjectId);
            json.WriteNumber("target_btf_id", info.TargetTypeId);
        }

        if (info.CgroupId > 0) json.WriteNumber("cgroup_id", info.CgroupId);
        if (info.NetNamespace > 0) json.WriteNumber("netns_ino", info.NetNamespace);
        if (info.InterfaceIndex > 0)
        {
            json.WriteString("devname", LinkTarget.Interface(info.InterfaceIndex));
            json.WriteNumber("ifindex", info.InterfaceIndex);
        }
    }

    private static void WriteProbe(Utf8JsonWriter json, LinkDetails details)
    {
        if (details.Event is not LinkEvent.Unknown) json.WriteString("event", details.Event.ToString().ToLowerInvariant());
        if (details.Function.Length > 0) json.WriteString("func", details.Function);
        if (details.File.Length > 0) json.WriteString("file", details.File);
        if (details.Offset > 0) json.WriteNumber("offset", details.Offset);
        if (details.Count > 0) json.WriteNumber("func_cnt", details.Count);
        if (details.Pid > 0) json.WriteNumber("pid", details.Pid);
        if (details.Missed > 0) json.WriteNumber("missed", details.Missed);
        if (details.Cookie > 0) json.WriteNumber("cookie", details.Cookie);
        if (details.Netfilter is not { } netfilter) return;
        json.WriteString("pf", netfilter.Family.ToString().ToLowerInvariant());
        json.WriteString("hook", netfilter.Hook.ToString().ToLowerInvariant());
        json.WriteNumber("prio", netfilter.Priority);
    }
}
