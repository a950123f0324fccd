// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Cli.Live;

/// <summary>What one map held at one moment.</summary>
/// <param name="Map">The map's name in its object.</param>
/// <param name="Type">What the map is.</param>
/// <param name="Rows">Its entries, most interesting first.</param>
/// <param name="Capacity">How many entries fit.</param>
internal sealed record MapSnapshot(string Map, MapType Type, ImmutableArray<MapRow> Rows, uint Capacity);
