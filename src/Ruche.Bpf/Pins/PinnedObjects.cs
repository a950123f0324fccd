// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Pins;

/// <summary>Finds everything that is pinned.</summary>
public static class PinnedObjects
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true };

    /// <summary>All pins below every mounted BPF file system, sorted by path within each. Pins that vanish meanwhile are left out.</summary>
    public static IEnumerable<PinnedObject> Find()
    {
        foreach (string place in MountTable.All("bpf"))
        {
            if (!Directory.Exists(place)) continue;
            foreach (string path in Directory.EnumerateFiles(place, "*", Everything).Order(StringComparer.Ordinal))
                if (TryRead(path) is { } pinned) yield return pinned;
        }
    }

    private static PinnedObject? TryRead(string path)
    {
        try
        {
            using BpfFd? fd = BpfPins.TryOpen(path, out KernelObjectKind kind);
            return fd is not null && KernelObject.TryIdOf(fd, kind) is { } id ? new(path, kind, id) : null;
        }
        catch (BpfException)
        {
            // The kernel's own files there (maps.debug, progs.debug) are no objects.
            return null;
        }
    }
}
