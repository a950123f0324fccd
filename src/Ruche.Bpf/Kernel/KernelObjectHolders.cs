// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Kernel;

/// <summary>Finds the processes that hold maps, programs, links and types, by looking at their descriptors in /proc.</summary>
public static class KernelObjectHolders
{
    private static readonly (string Target, KernelObjectKind Kind, string Fact)[] Kinds =
    [
        ("anon_inode:bpf-map", KernelObjectKind.Map, "map_id:"),
        ("anon_inode:bpf-prog", KernelObjectKind.Program, "prog_id:"),
        ("anon_inode:bpf_link", KernelObjectKind.Link, "link_id:"),
        ("anon_inode:bpf-link", KernelObjectKind.Link, "link_id:"),
        ("anon_inode:btf", KernelObjectKind.Btf, "btf_id:"),
    ];

    /// <summary>Every pair of process and object, this process apart. Processes that end meanwhile, or may not be looked at, are left out.</summary>
    public static IEnumerable<KernelObjectHolder> Find()
    {
        HashSet<KernelObjectHolder> seen = [];
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)) continue;
            if (pid == Environment.ProcessId) continue;
            foreach (KernelObjectHolder holder in FindIn(process, pid))
                if (seen.Add(holder)) yield return holder;
        }
    }

    private static List<KernelObjectHolder> FindIn(string process, int pid)
    {
        List<KernelObjectHolder> found = [];
        try
        {
            foreach (string descriptor in Directory.EnumerateFiles(Path.Join(process, "fd")))
                if (TryRead(process, descriptor, pid) is { } holder) found.Add(holder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or is somebody else's.
        }

        return found;
    }

    private static KernelObjectHolder? TryRead(string process, string descriptor, int pid)
    {
        string? target = new FileInfo(descriptor).LinkTarget;
        if (target is null || !target.StartsWith("anon_inode:b", StringComparison.Ordinal)) return null;
        foreach ((string name, KernelObjectKind kind, string fact) in Kinds)
        {
            if (target != name) continue;
            foreach (string line in File.ReadLines(Path.Join(process, "fdinfo", Path.GetFileName(descriptor))))
            {
                if (!line.StartsWith(fact, StringComparison.Ordinal)) continue;
                uint id = uint.Parse(line.AsSpan(fact.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
                return new(kind, id, pid, File.ReadAllText(Path.Join(process, "comm")).TrimEnd('\n'));
            }
        }

        return null;
    }
}
