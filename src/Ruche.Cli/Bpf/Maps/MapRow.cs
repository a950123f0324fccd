// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>A map as it is listed.</summary>
internal sealed record MapRow(MapInfo Info, long MemoryBytes, bool IsFrozen)
{
    /// <summary>Asks the kernel.</summary>
    public static MapRow Of(BpfMap map) => new(map.Info, map.MemoryBytes, map.IsFrozen);
}
