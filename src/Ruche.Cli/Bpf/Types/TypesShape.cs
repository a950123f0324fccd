// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Types;

/// <summary>How sets of types are listed.</summary>
internal sealed class TypesShape(Surroundings surroundings) : IListingShape<TypesRow>
{
    public string[] Head => ["ID", "NAME", "KERNEL", "SIZE", "PROGS", "MAPS", "HELD BY"];

    public string[] Cells(TypesRow row) =>
    [
        Text.Of(row.Info.Id), row.Info.Name, row.Info.IsKernel ? "yes" : "", Text.Of(row.Info.Size),
        Text.Of(row.Programs), Text.Of(row.Maps), surroundings.HolderCell(row.Info.Id),
    ];

    public void WriteMembers(Utf8JsonWriter json, TypesRow row)
    {
        json.WriteNumber("id", row.Info.Id);
        json.WriteNumber("size", row.Info.Size);
        WriteIds(json, "prog_ids", row.Programs);
        WriteIds(json, "map_ids", row.Maps);
        json.WriteBoolean("kernel", row.Info.IsKernel);
        if (row.Info.Name.Length > 0) json.WriteString("name", row.Info.Name);
        surroundings.WriteMembers(json, row.Info.Id);
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IReadOnlyList<uint> ids)
    {
        json.WriteStartArray(name);
        foreach (uint id in ids) json.WriteNumberValue(id);
        json.WriteEndArray();
    }
}
