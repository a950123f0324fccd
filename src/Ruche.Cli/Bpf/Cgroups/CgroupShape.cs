// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Cgroups;

/// <summary>How the programs of cgroups are listed.</summary>
internal sealed class CgroupShape(bool showsPath) : IListingShape<CgroupRow>
{
    public string[] Head => ["CGROUP", "ID", "ATTACH", "FLAGS", "NAME"];

    public string[] Cells(CgroupRow row) =>
        [showsPath ? row.Path : "", Text.Of(row.Attached.ProgramId), row.Attached.AttachType.KernelName(), Flags(row.Attached.Flags), row.Name];

    public void WriteMembers(Utf8JsonWriter json, CgroupRow row)
    {
        if (showsPath) json.WriteString("cgroup", row.Path);
        json.WriteNumber("id", row.Attached.ProgramId);
        json.WriteString("attach_type", row.Attached.AttachType.KernelName());
        json.WriteString("attach_flags", Flags(row.Attached.Flags));
        json.WriteString("name", row.Name);
    }

    private static string Flags(uint flags) => flags switch
    {
        0 => "",
        1 => "override",
        2 => "multi",
        _ => $"0x{flags:x}",
    };
}
