// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>How maps are listed.</summary>
internal sealed class MapShape(Surroundings surroundings) : IListingShape<MapRow>
{
    public string[] Head => ["ID", "TYPE", "NAME", "KEY", "VALUE", "ENTRIES", "FLAGS", "MEMORY", "BTF", "FROZEN", "PINNED", "HELD BY"];

    public string[] Cells(MapRow row) =>
    [
        Text.Of(row.Info.Id), row.Info.Type.KernelName(), row.Info.Name, Text.Of(row.Info.KeySize), Text.Of(row.Info.ValueSize),
        Text.Of(row.Info.MaxEntries), row.Info.Flags == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"0x{(uint)row.Info.Flags:x}"),
        Text.OrEmpty(row.MemoryBytes), Text.OrEmpty(row.Info.BtfId), row.IsFrozen ? "yes" : "",
        surroundings.PinCell(row.Info.Id), surroundings.HolderCell(row.Info.Id),
    ];

    public void WriteMembers(Utf8JsonWriter json, MapRow row)
    {
        json.WriteNumber("id", row.Info.Id);
        json.WriteString("type", row.Info.Type.KernelName());
        if (row.Info.Name.Length > 0) json.WriteString("name", row.Info.Name);
        json.WriteNumber("flags", (uint)row.Info.Flags);
        json.WriteNumber("bytes_key", row.Info.KeySize);
        json.WriteNumber("bytes_value", row.Info.ValueSize);
        json.WriteNumber("max_entries", row.Info.MaxEntries);
        if (row.MemoryBytes > 0) json.WriteNumber("bytes_memlock", row.MemoryBytes);
        json.WriteNumber("frozen", row.IsFrozen ? 1 : 0);
        if (row.Info.Extra > 0) json.WriteNumber("map_extra", row.Info.Extra);
        if (row.Info.BtfId > 0) json.WriteNumber("btf_id", row.Info.BtfId);
        surroundings.WriteMembers(json, row.Info.Id);
    }
}
