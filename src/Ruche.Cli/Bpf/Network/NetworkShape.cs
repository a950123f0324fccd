// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Network;

/// <summary>How programs in the network stack are listed.</summary>
internal sealed class NetworkShape : IListingShape<NetworkRow>
{
    public string[] Head => ["DEVICE", "HOOK", "KIND", "PROG", "NAME", "LINK"];

    public string[] Cells(NetworkRow row) => [row.Device, row.Hook, row.Kind, Text.Of(row.ProgramId), row.Name, Text.OrEmpty(row.LinkId)];

    public void WriteMembers(Utf8JsonWriter json, NetworkRow row)
    {
        if (row.Device.Length > 0)
        {
            json.WriteString("devname", row.Device);
            json.WriteNumber("ifindex", row.Index);
        }

        json.WriteString("hook", row.Hook);
        if (row.Kind.Length > 0) json.WriteString("kind", row.Kind);
        json.WriteNumber("prog_id", row.ProgramId);
        if (row.Name.Length > 0) json.WriteString("name", row.Name);
        if (row.LinkId > 0) json.WriteNumber("link_id", row.LinkId);
    }
}
