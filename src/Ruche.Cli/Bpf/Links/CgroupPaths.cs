// SPDX-License-Identifier: MIT
using Ruche.Bpf.Attachments;

namespace Ruche.Cli.Bpf.Links;

/// <summary>Finds the directory of a cgroup.</summary>
internal static class CgroupPaths
{
    private static Dictionary<ulong, string>? _known;

    /// <summary>The path below the cgroup file system's root of the cgroup with this id; null when there is none.</summary>
    public static string? Find(ulong id) => (_known ??= CgroupTree.Find().ToDictionary(cgroup => cgroup.Id, cgroup => cgroup.Path)).GetValueOrDefault(id);
}
