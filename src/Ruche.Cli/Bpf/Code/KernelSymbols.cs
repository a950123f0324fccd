// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Cli.Bpf.Code;

/// <summary>Names the kernel functions that code calls. In verified code a call holds the distance from one function to another.</summary>
internal static class KernelSymbols
{
    private const string CallBase = "__bpf_call_base";

    /// <summary>The name of the function at each of these distances; those that are not found, or may not be seen, are missing.</summary>
    public static Dictionary<int, string> AtDistances(IReadOnlySet<int> distances)
    {
        if (distances.Count == 0 || AddressOf(CallBase) is not { } start) return [];
        Dictionary<ulong, int> wanted = distances.ToDictionary(distance => unchecked(start + (ulong)(long)distance));
        return AtAddresses(wanted.Keys.ToHashSet()).ToDictionary(found => wanted[found.Key], found => found.Value);
    }

    /// <summary>The name of what is at each of these addresses; those that are not found, or may not be seen, are missing.</summary>
    public static Dictionary<ulong, string> AtAddresses(IReadOnlySet<ulong> addresses)
    {
        Dictionary<ulong, string> found = [];
        if (addresses.Count == 0) return found;
        foreach (string line in File.ReadLines("/proc/kallsyms"))
        {
            if (!TryReadAddress(line, out ulong address) || !addresses.Contains(address)) continue;
            found.TryAdd(address, NameIn(line));
            if (found.Count == addresses.Count) break;
        }

        return found;
    }

    private static ulong? AddressOf(string name)
    {
        foreach (string line in File.ReadLines("/proc/kallsyms"))
            if (line.EndsWith(name, StringComparison.Ordinal) && NameIn(line) == name) return TryReadAddress(line, out ulong address) && address != 0 ? address : null;
        return null;
    }

    private static bool TryReadAddress(string line, out ulong address)
    {
        int end = line.IndexOf(' ', StringComparison.Ordinal);
        address = 0;
        return end > 0 && ulong.TryParse(line.AsSpan(0, end), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address);
    }

    // "ffffffff81000000 T name", or "… name\t[module]".
    private static string NameIn(string line)
    {
        int start = line.IndexOf(' ', line.IndexOf(' ', StringComparison.Ordinal) + 1) + 1;
        int end = line.IndexOf('\t', start);
        return end < 0 ? line[start..] : line[start..end];
    }
}
