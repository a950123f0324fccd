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
    public static int Run(Invocation call) => new ObjectListing<BpfMap, MapRow>
    {
        Kind = KernelObjectKind.Map,
        Ids = BpfMap.EnumerateIds,
        TryOpen = BpfMap.TryOpenById,
        Select = MapSelection.TakeSome,
        Read = MapRow.Of,
        Close = map => map.Dispose(),
        Shape = surroundings => new MapShape(surroundings),
    }.Run(call);
}
