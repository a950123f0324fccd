// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>Chooses how entries are written.</summary>
internal static class EntryOutput
{
    /// <summary>Opens standard output for a map's entries; JSON is an array, or one object when <paramref name="isSingle"/>.</summary>
    public static IEntryOutput Open(BpfMap map, OutputFormat format, bool isSingle)
    {
        EntryLayout layout = EntryLayout.Of(map);
        Stream output = StandardOutput.Open();
        if (format is not OutputFormat.Text) return new JsonEntries(output, layout, isArray: format is OutputFormat.Json && !isSingle);
        return layout.Types is null ? new HexEntries(output, layout) : new TypedEntries(output, layout);
    }
}
