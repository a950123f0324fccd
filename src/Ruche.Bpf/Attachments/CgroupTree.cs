// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Attachments;

/// <summary>The cgroup v2 hierarchy as this process sees it.</summary>
public static class CgroupTree
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Where the hierarchy is mounted; null when it is not.</summary>
    public static string? Root => KernelFileSystems.Cgroup2();

    /// <summary>A cgroup and all below it, parents first, sorted by path; empty when the hierarchy is not mounted.</summary>
    /// <param name="path">The cgroup to start from; null for the root.</param>
    public static IEnumerable<Cgroup> Find(string? path = null)
    {
        path ??= Root;
        if (path is null || !Directory.Exists(path)) yield break;
        if (IdOf(path) is { } root) yield return new(path, root);
        foreach (string directory in Directory.EnumerateDirectories(path, "*", Everything).Order(StringComparer.Ordinal))
            if (IdOf(directory) is { } id) yield return new(directory, id);
    }

    /// <summary>A cgroup's id is its directory's inode number; null when it is gone.</summary>
    private static ulong? IdOf(string path) => FilePlace.Of(path)?.Inode;
}
