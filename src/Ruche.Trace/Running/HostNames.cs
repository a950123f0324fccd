// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Attachments;
using Ruche.Trace.Output;
using Ruche.Trace.Types;

namespace Ruche.Trace.Running;

/// <summary>What this host calls users, control groups, processes and times.</summary>
internal static class HostNames
{
    private static readonly Dictionary<ulong, string?> Groups = [];

    /// <summary>The name of something; null when there is none.</summary>
    public static string? Of(NameKind kind, ulong number) => kind switch
    {
        NameKind.User => UserName(number),
        NameKind.ControlGroup => CgroupPath(number),
        _ => TryRead(() => File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{number}/comm")).TrimEnd('\n')),
    };

    private static string? UserName(ulong id) => TryRead(() =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(f => f.Length > 2 && f[2] == id.ToString(CultureInfo.InvariantCulture))?[0]);

    // In the hierarchy that programs know.
    private static string? CgroupPath(ulong id)
    {
        if (!Groups.TryGetValue(id, out string? path))
        {
            foreach (var group in CgroupTree.Find()) Groups[group.Id] = $"unified:{PathIn(group.Path)}";
            Groups.TryAdd(id, null);
            path = Groups[id];
        }

        return path;
    }

    /// <summary>The number of a control group by its directory; null when there is none.</summary>
    public static ulong? CgroupId(string path) => CgroupTree.Root is { } root && Path.GetFullPath(path).StartsWith(root, StringComparison.Ordinal) ? CgroupTree.Find(path).FirstOrDefault()?.Id : null;

    private static string? TryRead(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string PathIn(string path) => path.Length > CgroupTree.Root!.Length ? path[CgroupTree.Root.Length..] : "/";

    /// <summary>How far local time is from UTC.</summary>
    public static LocalTime LocalTime(long seconds)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var zone = TimeZoneInfo.Local;
        return new(zone.GetUtcOffset(time), zone.IsDaylightSavingTime(time) ? zone.DaylightName : zone.StandardName);
    }
}
