// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Attachments;

/// <summary>The cgroup v2 hierarchy as this process sees it.</summary>
public static unsafe class CgroupTree
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
    private static ulong? IdOf(string path)
    {
        const int CurrentDirectory = -100;
        const uint InodeNumber = 0x100;
        const int Size = 256, InodeOffset = 32;
        byte* buffer = stackalloc byte[Size];
        // SAFETY: struct statx has 256 bytes.
        if (Libc.Statx(CurrentDirectory, path, 0, InodeNumber, buffer) != 0) return null;
        return BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(buffer + InodeOffset, sizeof(ulong)));
    }
}
