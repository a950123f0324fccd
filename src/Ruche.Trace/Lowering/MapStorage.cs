// SPDX-License-Identifier: MIT
using Ruche.Trace.Binding;
using Ruche.Trace.Types;

namespace Ruche.Trace.Lowering;

/// <summary>Where a map of the script lies. One without keys that is no aggregate is a part of <see cref="SharedState.Map"/>: a word that says whether it is set, then its value.</summary>
/// <param name="Map">The map.</param>
/// <param name="KernelMap">The kernel's map.</param>
/// <param name="Key">The type of keys.</param>
/// <param name="Value">The type of values.</param>
/// <param name="Offset">Of a part of the shared map, where the value begins.</param>
internal sealed record MapStorage(MapSymbol Map, string KernelMap, TraceType Key, TraceType Value, int Offset)
{
    /// <summary>Whether it is a part of the map that all share.</summary>
    public bool IsShared => KernelMap == SharedState.Map;

    /// <summary>Where the shared map counts the values that found no room.</summary>
    public int FullCount { get; init; }

    /// <summary>Bytes of the kernel's keys; of a divided histogram, the bucket's number stands in the last 8.</summary>
    public int KeySize { get; init; }

    /// <summary>Bytes of the kernel's values, per CPU.</summary>
    public int ValueSize { get; init; }
}
