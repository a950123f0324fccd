// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Trace.Output;

namespace Ruche.Trace.Running;

/// <summary>What this host calls users, control groups and times.</summary>
internal static class HostNames
{
    /// <summary>The name of a user; null when there is none.</summary>
    public static string? UserName(ulong id)
    {
        try
        {
            return File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(f => f.Length > 2 && f[2] == id.ToString(CultureInfo.InvariantCulture))?[0];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>How far local time is from UTC.</summary>
    public static LocalTime LocalTime(long seconds)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var zone = TimeZoneInfo.Local;
        return new(zone.GetUtcOffset(time), zone.IsDaylightSavingTime(time) ? zone.DaylightName : zone.StandardName);
    }
}
