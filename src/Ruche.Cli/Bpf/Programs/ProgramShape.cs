// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Programs;

/// <summary>How programs are listed.</summary>
internal sealed class ProgramShape(Surroundings surroundings, DateTimeOffset boot) : IListingShape<ProgramRow>
{
    public string[] Head => ["ID", "TYPE", "NAME", "TAG", "LOADED", "UID", "XLATED", "JITED", "MEMORY", "MAPS", "BTF", "RUNS", "NS/RUN", "PINNED", "HELD BY"];

    public string[] Cells(ProgramRow row)
    {
        ProgramInfo info = row.Info;
        return
        [
            Text.Of(info.Id), info.Type.KernelName(), info.Name, info.Tag,
            LoadedAt(info).ToLocalTime().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            Text.Of(info.CreatedByUid), Text.Of(info.TranslatedSize), Text.OrEmpty(info.JitedSize), Text.OrEmpty(row.MemoryBytes),
            Text.Of(info.MapIds), Text.OrEmpty(info.BtfId), Text.OrEmpty(info.RunCount),
            info.RunCount == 0 ? "" : Text.Of((long)(info.RunNanoseconds / info.RunCount)),
            surroundings.PinCell(info.Id), surroundings.HolderCell(info.Id),
        ];
    }

    public void WriteMembers(Utf8JsonWriter json, ProgramRow row)
    {
        ProgramInfo info = row.Info;
        json.WriteNumber("id", info.Id);
        json.WriteString("type", info.Type.KernelName());
        if (info.Name.Length > 0) json.WriteString("name", info.Name);
        json.WriteString("tag", info.Tag);
        json.WriteBoolean("gpl_compatible", info.IsGplCompatible);
        if (info.RunNanoseconds > 0)
        {
            json.WriteNumber("run_time_ns", info.RunNanoseconds);
            json.WriteNumber("run_cnt", info.RunCount);
        }

        if (info.RecursionMisses > 0) json.WriteNumber("recursion_misses", info.RecursionMisses);
        json.WriteNumber("loaded_at", LoadedAt(info).ToUnixTimeSeconds());
        json.WriteNumber("uid", info.CreatedByUid);
        WriteCode(json, row);
        WriteRelations(json, info);
        surroundings.WriteMembers(json, info.Id);
    }

    private static void WriteCode(Utf8JsonWriter json, ProgramRow row)
    {
        json.WriteNumber("bytes_xlated", row.Info.TranslatedSize);
        json.WriteBoolean("jited", row.Info.JitedSize > 0);
        if (row.Info.JitedSize > 0) json.WriteNumber("bytes_jited", row.Info.JitedSize);
        if (row.MemoryBytes > 0) json.WriteNumber("bytes_memlock", row.MemoryBytes);
        if (row.Info.VerifiedInstructions > 0) json.WriteNumber("verified_insns", row.Info.VerifiedInstructions);
    }

    private static void WriteRelations(Utf8JsonWriter json, ProgramInfo info)
    {
        if (!info.MapIds.IsEmpty)
        {
            json.WriteStartArray("map_ids");
            foreach (uint map in info.MapIds) json.WriteNumberValue(map);
            json.WriteEndArray();
        }

        if (info.BtfId > 0) json.WriteNumber("btf_id", info.BtfId);
    }

    private DateTimeOffset LoadedAt(ProgramInfo info) => boot + info.LoadedAfterBoot;
}
