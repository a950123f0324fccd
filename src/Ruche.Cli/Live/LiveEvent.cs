// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf.Values;

namespace Ruche.Cli.Live;

/// <summary>Something a running object has shown. The set is closed; every sink shows every case.</summary>
internal abstract record LiveEvent(DateTimeOffset Time)
{
    /// <summary>A record of a ring or perf buffer; no type when its layout is not known.</summary>
    public sealed record Record(DateTimeOffset Time, string Map, string? Type, int Size, BtfValue Value) : LiveEvent(Time);

    /// <summary>Records that did not arrive, and why.</summary>
    public sealed record Lost(DateTimeOffset Time, string Map, ulong Count, string Reason) : LiveEvent(Time);

    /// <summary>A line of the kernel's trace pipe.</summary>
    public sealed record Trace(DateTimeOffset Time, string Line) : LiveEvent(Time);

    /// <summary>What the maps hold now.</summary>
    public sealed record Maps(DateTimeOffset Time, ImmutableArray<MapSnapshot> Snapshots) : LiveEvent(Time);
}
