// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Kernel;

/// <summary>Addresses of kernel symbols, from <c>/proc/kallsyms</c>.</summary>
internal static class KernelSymbols
{
    /// <summary>Whether the kernel has a symbol of that name.</summary>
    public static bool Has(string name) => Find(new HashSet<string>(StringComparer.Ordinal) { name }).Count > 0;

    /// <summary>Finds all names in one pass; names that are missing are not in the result. Addresses are 0 when the process may not see them.</summary>
    public static Dictionary<string, ulong> Find(IReadOnlySet<string> names)
    {
        Dictionary<string, ulong> found = new(StringComparer.Ordinal);
        var wanted = names.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string line in File.ReadLines("/proc/kallsyms"))
        {
            // "ffffffff81000000 T name", and for modules a tab and "[module]".
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0 || space + 3 >= line.Length) continue;
            var name = line.AsSpan(space + 3);
            int tab = name.IndexOf('\t');
            if (tab >= 0) name = name[..tab];
            if (!wanted.TryGetValue(name, out string? match)) continue;
            if (ulong.TryParse(line.AsSpan(0, space), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong address))
                found.TryAdd(match, address);
            if (found.Count == names.Count) break;
        }

        return found;
    }
}
