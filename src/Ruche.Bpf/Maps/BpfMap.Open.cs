// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Pins;

namespace Ruche.Bpf.Maps;

public sealed partial class BpfMap
{
    /// <summary>Takes ownership of a descriptor that is known to be a map's.</summary>
    public static BpfMap Adopt(BpfFd fd)
    {
        ArgumentNullException.ThrowIfNull(fd);
        MapInfo info = MapInfo.Of(fd);
        return new BpfMap(fd, info.Name, info.Type, info.KeySize, info.ValueSize, info.MaxEntries, info.Flags) { _info = info };
    }

    /// <summary>Opens a map by the kernel's number.</summary>
    /// <exception cref="BpfException">There is none (ENOENT), or the process may not (EPERM).</exception>
    public static BpfMap OpenById(uint id) => TryOpenById(id)
        ?? throw Failure.Of($"open map {id}", BpfCommand.MapGetFdById, Errno.ENOENT);

    /// <summary>Opens a map by the kernel's number; null when there is none of that number any more.</summary>
    public static BpfMap? TryOpenById(uint id) =>
        KernelObject.TryOpen(BpfCommand.MapGetFdById, id, $"open map {id}") is { } fd ? Adopt(fd) : null;

    /// <summary>The numbers of all maps in the kernel, lowest first; needs CAP_SYS_ADMIN.</summary>
    public static IEnumerable<uint> EnumerateIds() => KernelObject.Ids(BpfCommand.MapGetNextId);

    /// <summary>Opens all maps of that name (its first 15 bytes count). The caller disposes each.</summary>
    public static IEnumerable<BpfMap> OpenByName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string wanted = ObjectName.From(name).ToString();
        foreach (uint id in EnumerateIds())
        {
            if (TryOpenById(id) is not { } map) continue;
            if (map.Name == wanted) yield return map;
            else map.Dispose();
        }
    }

    /// <summary>Opens the map that is pinned at a path.</summary>
    /// <exception cref="BpfException">Nothing is pinned there (ENOENT), or something else than a map (EINVAL).</exception>
    public static BpfMap OpenPinned(string path) => Adopt(BpfPins.Open(path, KernelObjectKind.Map));

    /// <summary>Opens the map pinned at a path when there is one and it fits the spec; otherwise creates the map and pins it there.</summary>
    /// <exception cref="BpfException">A map is pinned there that differs from the spec; the message names the property.</exception>
    public static BpfMap OpenOrCreatePinned(MapSpec spec, string path, MapTypeIds types = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (TryReuse(spec, path) is { } reused) return reused;

        BpfMap created = Create(spec, types);
        try
        {
            created.Pin(path);
            return created;
        }
        catch (BpfException e) when (e.Errno is Errno.EEXIST)
        {
            // Another process was faster.
            created.Dispose();
            return TryReuse(spec, path) ?? throw new BpfException(e.Operation, e.Errno, e.Hint);
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }

    /// <summary>Gives the map a name in the BPF file system, which keeps it alive. Missing directories are made.</summary>
    /// <exception cref="BpfException">The name is taken (EEXIST), or not on a BPF file system (EINVAL).</exception>
    public void Pin(string path) => BpfPins.Pin(Fd, path);

    private static BpfMap? TryReuse(MapSpec spec, string path)
    {
        if (BpfPins.TryOpen(path, out KernelObjectKind kind) is not { } fd) return null;
        try
        {
            if (kind is not KernelObjectKind.Map)
                throw new BpfException($"reuse the pin {path}", Errno.EINVAL, $"it is no map; remove it, or pin map '{spec.Name}' elsewhere");
            MapInfo found = MapInfo.Of(fd);
            if (MapCompatibility.Difference(Complete(spec), found) is { } difference)
                throw new BpfException($"reuse map '{spec.Name}' pinned at {path}", Errno.EINVAL, $"{difference}; remove the pin, or make them agree");
            return new BpfMap(fd, spec.Name, found.Type, found.KeySize, found.ValueSize, found.MaxEntries, found.Flags) { _info = found };
        }
        catch
        {
            fd.Dispose();
            throw;
        }
    }
}
