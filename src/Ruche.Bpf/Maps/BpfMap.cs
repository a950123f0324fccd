// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// A live map, seen as bytes. Owns its descriptor; disposing it frees the map unless a program, a pin or another process holds
/// it. Safe for use from several threads. Typed views of it: <see cref="BpfHashMap{TKey, TValue}"/>, <see cref="BpfArray{T}"/> and so on.
/// </summary>
public sealed partial class BpfMap : IBpfMap, IDisposable
{
    private MapInfo? _info;

    private BpfMap(BpfFd fd, string name, MapType type, int keySize, int valueSize, uint maxEntries, MapFlags flags)
    {
        Fd = fd;
        Name = name;
        Type = type;
        KeySize = keySize;
        ValueSize = valueSize;
        MaxEntries = maxEntries;
        Flags = flags;
        ValueBufferSize = type.ValueBufferSize(valueSize, CpuList.PossibleCount);
    }

    /// <summary>The descriptor, owned by this object.</summary>
    public BpfFd Fd { get; }

    /// <summary>The name: in full for a map made here, its first 15 bytes for one that was opened.</summary>
    public string Name { get; }

    /// <summary>What the map is.</summary>
    public MapType Type { get; }

    /// <summary>Bytes per key; 0 for maps without keys.</summary>
    public int KeySize { get; }

    /// <summary>Bytes per value; for a per-CPU map, per CPU.</summary>
    public int ValueSize { get; }

    /// <summary>Bytes that <see cref="TryLookup"/> writes: more than <see cref="ValueSize"/> for per-CPU maps.</summary>
    public int ValueBufferSize { get; }

    /// <summary>How many entries fit; bytes for ring buffers.</summary>
    public uint MaxEntries { get; }

    /// <summary>Creation flags.</summary>
    public MapFlags Flags { get; }

    /// <summary>The kernel's number of the map.</summary>
    public uint Id => Info.Id;

    /// <summary>What the kernel says about the map.</summary>
    public MapInfo Info => _info ??= MapInfo.Of(Fd);

    /// <summary>Whether user space may no longer change it.</summary>
    public bool IsFrozen => KernelObject.Fact(Fd, "frozen") == "1";

    /// <summary>Bytes of kernel memory that it takes; 0 when the kernel does not say.</summary>
    public long MemoryBytes => KernelObject.Fact(Fd, "memlock") is { } bytes ? long.Parse(bytes, CultureInfo.InvariantCulture) : 0;

    /// <summary>Forbids user space to change the map from now on; programs still may.</summary>
    /// <exception cref="BpfException">It is mapped writable somewhere (EBUSY).</exception>
    public void Freeze()
    {
        MapElementAttr attr = new() { MapFd = (uint)Fd.Value };
        BpfSyscall.Check(BpfCommand.MapFreeze, ref attr, $"freeze map '{Name}'");
    }

    /// <summary>Another handle of the same map, to be disposed on its own.</summary>
    public BpfMap Duplicate() => new(Fd.Duplicate(), Name, Type, KeySize, ValueSize, MaxEntries, Flags);

    /// <inheritdoc/>
    public void Dispose() => Fd.Dispose();
}
