// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>An array of programs, of maps, or of cgroups; the latter by their numbers.</summary>
internal sealed class ReferenceArrayMap : MachineMap
{
    private readonly object?[] _targets;
    private readonly MapSpec? _inner;

    public ReferenceArrayMap(MapSpec spec, int cpuCount)
        : base(spec, cpuCount)
    {
        _targets = new object?[MaxEntries];
        _inner = spec.Inner?.Complete(cpuCount);
    }

    internal override object? Target(ReadOnlySpan<byte> key)
    {
        uint index = MemoryMarshal.Read<uint>(key);
        return index < MaxEntries ? Volatile.Read(ref _targets[index]) : null;
    }

    internal override Errno Put(ReadOnlySpan<byte> key, object? target, ulong flags)
    {
        uint index = MemoryMarshal.Read<uint>(key);
        if (flags != (ulong)UpdateMode.Any) return Errno.EINVAL;
        if (index >= MaxEntries) return Errno.E2BIG;
        if (target is null) return Errno.EBADF;
        if (!Fits(target)) return Errno.EINVAL;
        Volatile.Write(ref _targets[index], target);
        return Errno.None;
    }

    internal override Errno Delete(ReadOnlySpan<byte> key)
    {
        uint index = MemoryMarshal.Read<uint>(key);
        if (index >= MaxEntries) return Errno.E2BIG;
        return Interlocked.Exchange(ref _targets[index], null) is null ? Errno.ENOENT : Errno.None;
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value)
    {
        if (Type is MapType.CgroupArray) return Errno.ENOTSUPP;
        if (Target(key) is not { } target) return Errno.ENOENT;
        MemoryMarshal.Write(value, MachineObjects.IdOf(target));
        return Errno.None;
    }

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        uint number = MemoryMarshal.Read<uint>(value);
        return Put(key, Type is MapType.CgroupArray ? number : MachineObjects.Find(number), flags);
    }

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Delete(key);

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => Indexes.Next(key, next, MaxEntries);

    private bool Fits(object target) => Type switch
    {
        MapType.ArrayOfMaps => target is MachineMap map && map.IsLike(_inner!),
        MapType.ProgArray => target is not MachineMap,
        _ => true,
    };
}
