// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Links;

/// <summary>What files a process has mapped, and where.</summary>
internal static class ProcessMappings
{
    /// <summary>The files whose code a process has mapped, by paths that lead to them from here, each once.</summary>
    /// <exception cref="BpfException">ESRCH: there is no such process.</exception>
    public static IEnumerable<string> Files(int pid, string operation) =>
        Read(pid, operation).Where(m => m.IsCode).Select(m => $"/proc/{pid}/root{m.Path}").Distinct();

    /// <summary>The address at which a process has mapped a place of a file; 0 when it has not.</summary>
    /// <exception cref="BpfException">ESRCH: there is no such process.</exception>
    public static ulong AddressOf(int pid, string path, ulong offset, string operation)
    {
        string root = $"/proc/{pid}/root";
        string inside = path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : path;
        string resolved = File.ResolveLinkTarget(inside, returnFinalTarget: true)?.FullName ?? inside;
        foreach (var mapping in Read(pid, operation))
        {
            if (!mapping.IsCode || mapping.Path != inside && mapping.Path != resolved) continue;
            if (offset >= mapping.Offset && offset - mapping.Offset < mapping.Length) return mapping.Start + (offset - mapping.Offset);
        }

        return 0;
    }

    private static IEnumerable<Mapping> Read(int pid, string operation)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/maps"));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BpfException(operation, Errno.ESRCH, $"there is no process {pid}");
        }
        catch (UnauthorizedAccessException)
        {
            throw new BpfException(operation, Errno.EACCES, $"reading the mappings of process {pid} needs root, or CAP_SYS_PTRACE");
        }

        // 7f1c2e400000-7f1c2e426000 r-xp 00026000 08:01 1234   /usr/lib/libc.so.6
        foreach (string line in lines)
        {
            string[] parts = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length < 6 || !parts[5].StartsWith('/')) continue;
            int dash = parts[0].IndexOf('-', StringComparison.Ordinal);
            ulong start = Hex(parts[0].AsSpan(0, dash));
            yield return new(start, Hex(parts[0].AsSpan(dash + 1)) - start, Hex(parts[2]), parts[1].Contains('x', StringComparison.Ordinal), parts[5]);
        }
    }

    private static ulong Hex(ReadOnlySpan<char> digits) => ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private sealed record Mapping(ulong Start, ulong Length, ulong Offset, bool IsCode, string Path);
}
