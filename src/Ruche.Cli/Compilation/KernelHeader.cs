// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Rendering;

namespace Ruche.Cli.Compilation;

/// <summary>Writes the <c>vmlinux.h</c> of the running kernel for sources that include it, once for each kernel.</summary>
internal static partial class KernelHeader
{
    private const string FileName = "vmlinux.h";

    /// <summary>Whether the source, or a file that it includes from beside itself, includes a <c>vmlinux.h</c> that is not there.</summary>
    public static bool IsWantedBy(string source) => IsWantedBy(Path.GetFullPath(source), []);

    private static bool IsWantedBy(string source, HashSet<string> seen)
    {
        if (!seen.Add(source) || !File.Exists(source)) return false;
        string directory = Path.GetDirectoryName(source)!;
        foreach (Match include in Include().Matches(File.ReadAllText(source)))
        {
            string path = Path.GetFullPath(Path.Combine(directory, include.Groups["path"].Value));
            if (Path.GetFileName(path) is FileName && !File.Exists(path)) return true;
            if (IsWantedBy(path, seen)) return true;
        }

        return false;
    }

    /// <summary>The directory that holds the running kernel's header; made when it is not there.</summary>
    public static string Directory()
    {
        BtfSpec types = KernelTypes.Running;
        string name = Convert.ToHexStringLower(SHA256.HashData(types.Image.Span))[..16];
        string directory = CacheFolder.Of("vmlinux", name);
        if (!File.Exists(Path.Combine(directory, FileName))) Write(types, directory);
        return directory;
    }

    [GeneratedRegex(@"^\s*#\s*include\s*[<""](?<path>[^>""]+)", RegexOptions.Multiline)]
    private static partial Regex Include();

    // Renamed into place, so that nobody compiles with half a header.
    private static void Write(BtfSpec types, string directory)
    {
        System.IO.Directory.CreateDirectory(directory);
        string unfinished = Path.Combine(directory, Path.GetRandomFileName());
        using (FileStream output = File.Create(unfinished)) CHeaderRenderer.Render(types, output);
        File.Move(unfinished, Path.Combine(directory, FileName), overwrite: true);
    }
}
