// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Links;

/// <summary>Finds programs and shared libraries by name, where a shell and the dynamic linker would.</summary>
public static class UserFiles
{
    private const string LinkerConfiguration = "/etc/ld.so.conf";
    private static readonly string[] DefaultLibraries = ["/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib", $"/lib/{Triplet}", $"/usr/lib/{Triplet}"];
    private static readonly string[] DefaultPrograms = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    // By default a dot before a star may be missing, and libc.so is text for the linker.
    private static readonly EnumerationOptions Exactly = new() { MatchType = MatchType.Simple };

    /// <summary>What Debian and its descendants call the directories of this processor's libraries.</summary>
    private static string Triplet => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x86_64-linux-gnu",
        Architecture.Arm64 => "aarch64-linux-gnu",
        Architecture.Ppc64le => "powerpc64le-linux-gnu",
        var other => $"{other.ToString().ToLowerInvariant()}-linux-gnu",
    };

    /// <summary>The file's full path: of a program on the PATH, or of a library, whose <c>lib</c> and <c>.so</c> may be missing. A name with a slash is taken as it is.</summary>
    /// <exception cref="BpfException">ENOENT: there is no such file.</exception>
    public static string Find(string name) => Find(name, $"find '{name}'");

    /// <summary>The file's full path. A name with a slash is taken as it is.</summary>
    /// <exception cref="BpfException">ENOENT: there is no such file.</exception>
    internal static string Find(string name, string operation)
    {
        if (name.Contains('/', StringComparison.Ordinal))
            return File.Exists(name) ? Path.GetFullPath(name) : throw new BpfException(operation, Errno.ENOENT, $"'{name}' does not exist");
        string? found = IsLibrary(name) ? FindIn(Libraries(), name) : FindIn(Programs(), name) ?? FindLibraryByStem(name);
        return found ?? throw new BpfException(operation, Errno.ENOENT, IsLibrary(name)
            ? $"library '{name}' is in none of the linker's directories; give its full path"
            : $"program '{name}' is not on the PATH; give its full path");
    }

    private static bool IsLibrary(string name) => name.EndsWith(".so", StringComparison.Ordinal) || name.Contains(".so.", StringComparison.Ordinal);

    private static string? FindIn(IEnumerable<string> directories, string name)
    {
        foreach (string directory in directories)
        {
            string path = Path.Combine(directory, name);
            if (File.Exists(path)) return path;
        }

        return null;
    }

    /// <summary>Finds <c>libc.so.6</c> for <c>libc</c> and for <c>c</c>.</summary>
    private static string? FindLibraryByStem(string name)
    {
        foreach (string stem in (string[])[name, $"lib{name}"])
        {
            foreach (string directory in Libraries())
            {
                if (!Directory.Exists(directory)) continue;
                if (Directory.EnumerateFiles(directory, $"{stem}.so.*", Exactly).Order(StringComparer.Ordinal).FirstOrDefault() is { } path) return path;
                if (File.Exists(Path.Combine(directory, $"{stem}.so"))) return Path.Combine(directory, $"{stem}.so");
            }
        }

        return null;
    }

    private static IEnumerable<string> Programs() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(DefaultPrograms);

    private static IEnumerable<string> Libraries() =>
        (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(Configured(LinkerConfiguration))
            .Concat(DefaultLibraries);

    private static IEnumerable<string> Configured(string configuration)
    {
        const string Include = "include ";
        if (!File.Exists(configuration)) yield break;
        foreach (string raw in File.ReadLines(configuration))
        {
            string line = raw.Split('#')[0].Trim();
            if (line.StartsWith('/')) yield return line;
            if (!line.StartsWith(Include, StringComparison.Ordinal)) continue;

            string pattern = Path.Combine(Path.GetDirectoryName(configuration)!, line[Include.Length..].Trim());
            string directory = Path.GetDirectoryName(pattern)!;
            if (!Directory.Exists(directory)) continue;
            foreach (string included in Directory.EnumerateFiles(directory, Path.GetFileName(pattern)).Order(StringComparer.Ordinal))
            {
                if (included == configuration) continue;
                foreach (string path in Configured(included)) yield return path;
            }
        }
    }
}
