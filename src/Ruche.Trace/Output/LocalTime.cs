// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output;

/// <summary>How far a place's time is from UTC, and what that is called there: <c>CET</c>.</summary>
internal readonly record struct LocalTime(TimeSpan Offset, string Name)
{
    public static LocalTime Utc { get; } = new(TimeSpan.Zero, "UTC");

    /// <summary>The time of a zone at so many seconds since 1970. Its names are the short ones, since Ruche runs without ICU.</summary>
    public static Func<long, LocalTime> In(TimeZoneInfo zone)
    {
        if (zone.HasSameRules(TimeZoneInfo.Utc)) return _ => Utc;
        return seconds =>
        {
            var moment = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return new(zone.GetUtcOffset(moment), zone.IsDaylightSavingTime(moment) ? zone.DaylightName : zone.StandardName);
        };
    }
}
