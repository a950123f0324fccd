// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Maps;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Maps;

/// <summary><c>ruche bpf map show</c>.</summary>
internal static class ShowMaps
{
    /// <summary>Lists all maps, or those that the words name.</summary>
    public static int Run(Invocation call)
    {
        bool isAll = call.Words.IsEmpty;
        List<MapRow> rows = [.. isAll ? All() : Selected(call.Words)];
        ListingOutput.Write(rows, new MapShape(Surroundings.Of(call, KernelObjectKind.Map)), call.Format, isSingle: !isAll && rows.Count == 1);
        return ExitCode.Done;
    }

    private static IEnumerable<MapRow> All()
    {
        foreach (uint id in BpfMap.EnumerateIds())
        {
            using BpfMap? map = BpfMap.TryOpenById(id);
            if (map is not null) yield return MapRow.Of(map);
        }
    }

    private static List<MapRow> Selected(CommandWords words)
    {
        List<BpfMap> maps = MapSelection.TakeSome(words);
        try
        {
            words.End();
            return [.. maps.Select(MapRow.Of)];
        }
        finally
        {
            foreach (BpfMap map in maps) map.Dispose();
        }
    }
}
