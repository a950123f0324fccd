// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Kernel;

/// <summary>What is mounted where, as this process sees it.</summary>
internal static class MountTable
{
    /// <summary>The first mount point of a file system type; null when there is none.</summary>
    public static string? Find(string type) => Find(type, File.ReadLines("/proc/self/mounts"));

    /// <summary>The first mount point of a file system type in lines of <c>/proc/self/mounts</c>.</summary>
    public static string? Find(string type, IEnumerable<string> lines) => Places(type, lines).FirstOrDefault();

    /// <summary>Every mount point of a file system type.</summary>
    public static IEnumerable<string> All(string type) => Places(type, File.ReadLines("/proc/self/mounts")).Distinct();

    /// <summary>Whether a path lies below a mount point of a file system type.</summary>
    public static bool Holds(string type, string path) =>
        Places(type, File.ReadLines("/proc/self/mounts")).Any(place => path.StartsWith(place + "/", StringComparison.Ordinal));

    private static IEnumerable<string> Places(string type, IEnumerable<string> lines) => lines
        .Select(line => line.Split(' '))
        .Where(fields => fields.Length > 2 && fields[2] == type)
        .Select(fields => Unescape(fields[1]));

    // Blanks and backslashes are written as three octal digits.
    private static string Unescape(string path)
    {
        if (!path.Contains('\\', StringComparison.Ordinal)) return path;
        StringBuilder result = new();
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i] == '\\' && i + 3 < path.Length)
            {
                result.Append((char)((path[i + 1] - '0') * 64 + (path[i + 2] - '0') * 8 + (path[i + 3] - '0')));
                i += 3;
            }
            else
            {
                result.Append(path[i]);
            }
        }

        return result.ToString();
    }
}
