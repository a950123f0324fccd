// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output;

/// <summary>What printing asks others for: the names of things that programs know by number, and the settings of the script.</summary>
internal sealed class PrintContext
{
    public required ISymbolNames Symbols { get; init; }

    /// <summary>The formats of timestamps, which their types count.</summary>
    public ImmutableArray<string> TimeFormats { get; init; } = [];

    /// <summary>What this host calls something; null when it has no name, or is gone.</summary>
    public Func<NameKind, ulong, string?> NameOf { get; init; } = (_, _) => null;

    /// <summary>Nanoseconds of the clock since boot as nanoseconds since 1970.</summary>
    public Func<ulong, long> WallClock { get; init; } = boot => (long)boot;

    /// <summary>How far local time is from UTC at so many seconds since 1970, and what it is called.</summary>
    public Func<long, LocalTime> LocalTime { get; init; } = _ => Output.LocalTime.Utc;

    /// <summary>Stands behind text that fills its place to the last byte (<c>str_trunc_trailer</c>).</summary>
    public string TruncationTrailer { get; init; } = "..";
}
