// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output;

/// <summary>How far a place's time is from UTC, and what that is called there: <c>CET</c>.</summary>
internal readonly record struct LocalTime(TimeSpan Offset, string Name)
{
    public static LocalTime Utc { get; } = new(TimeSpan.Zero, "UTC");
}
