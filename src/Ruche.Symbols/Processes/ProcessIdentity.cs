// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Symbols.Processes;

/// <summary>A process, told apart from an earlier one of the same number.</summary>
/// <param name="Id">Its number.</param>
/// <param name="StartTime">When it started, in clock ticks after boot.</param>
internal readonly record struct ProcessIdentity(int Id, ulong StartTime)
{
    private const int StartTimeField = 22;

    /// <summary>The process that has the number now; null when there is none.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        // "1234 (any name) S 1 …": the name may hold spaces and parentheses, what follows holds none.
        if (TryReadText($"/proc/{pid}/stat") is not { } text) return null;
        string[] fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartTimeField - 3 && ulong.TryParse(fields[StartTimeField - 3], CultureInfo.InvariantCulture, out ulong start)
            ? new(pid, start)
            : null;
    }

    /// <summary>The number that the process has for itself, in its own PID namespace.</summary>
    public int NamespaceId()
    {
        const string Field = "NSpid:";
        string? line = TryReadText($"/proc/{Id}/status")?.Split('\n').FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
        string? last = line?.Split('\t', ' ')[^1];
        return int.TryParse(last, CultureInfo.InvariantCulture, out int id) ? id : Id;
    }

    private static string? TryReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
