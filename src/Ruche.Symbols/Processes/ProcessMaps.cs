// SPDX-License-Identifier: MIT
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace Ruche.Symbols.Processes;

/// <summary>Reads <c>/proc/PID/maps</c>.</summary>
internal static class ProcessMaps
{
    private const string Deleted = " (deleted)";

    /// <summary>The ranges that hold code, by address; null when there is no such process or its mappings may not be read.</summary>
    public static ProcessMapping[]? TryRead(string process)
    {
        try
        {
            return Parse(File.ReadAllBytes($"/proc/{process}/maps"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The ranges that hold code, by address. Lines that are none are passed over.</summary>
    public static ProcessMapping[] Parse(ReadOnlySpan<byte> maps)
    {
        List<ProcessMapping> mappings = [];
        foreach (var range in maps.Split((byte)'\n'))
        {
            if (TryParse(maps[range], out var mapping)) mappings.Add(mapping);
        }

        // The kernel writes them in order; a file made by others need not be.
        CollectionsMarshal.AsSpan(mappings).Sort((a, b) => a.Start.CompareTo(b.Start));
        return [.. mappings];
    }

    // "7f1c2e400000-7f1c2e426000 r-xp 00026000 08:01 1234   /usr/lib/libc.so.6"
    private static bool TryParse(ReadOnlySpan<byte> line, [NotNullWhen(true)] out ProcessMapping? mapping)
    {
        mapping = null;
        if (!TryHex(ref line, '-', out ulong start) || !TryHex(ref line, ' ', out ulong end) || end <= start) return false;
        if (line.Length < 5 || line[2] != (byte)'x') return false;
        line = line[5..];
        if (!TryHex(ref line, ' ', out ulong offset)) return false;
        if (!TryHex(ref line, ':', out ulong major) || !TryHex(ref line, ' ', out ulong minor)) return false;
        if (!Utf8Parser.TryParse(line, out ulong inode, out int used)) return false;
        string path = Unescaped(Encoding.UTF8.GetString(line[used..].TrimStart((byte)' ')));
        bool isDeleted = path.EndsWith(Deleted, StringComparison.Ordinal);
        if (isDeleted) path = path[..^Deleted.Length];
        mapping = new(start, end, offset, major << 32 | minor, inode, path, isDeleted);
        return true;
    }

    private static bool TryHex(ref ReadOnlySpan<byte> line, char end, out ulong value)
    {
        if (!Utf8Parser.TryParse(line, out value, out int used, 'x') || used >= line.Length || line[used] != (byte)end) return false;
        line = line[(used + 1)..];
        return true;
    }

    // The only character that the kernel does not write as it is.
    private static string Unescaped(string path) => path.Replace("\\012", "\n", StringComparison.Ordinal);
}
