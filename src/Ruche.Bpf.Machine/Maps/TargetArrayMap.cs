// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>Interfaces, CPUs or sockets by index, to which programs redirect: numbers here, so that a run can tell where a packet would go.</summary>
internal sealed class TargetArrayMap : MachineMap
{
    private readonly Lock _gate = new();
    private readonly NativeBlock _values;
    private readonly bool[] _isThere;

    public TargetArrayMap(MapSpec spec, int cpuCount)
        : base(spec, cpuCount)
    {
        _values = new((long)TargetNumbers.Size * MaxEntries);
        _isThere = new bool[MaxEntries];
    }

    private bool HoldsSockets => Type is MapType.SockMap or MapType.ReuseportSockArray or MapType.XskMap;

    internal override nint Lookup(ReadOnlySpan<byte> key, int cpu)
    {
        uint index = MemoryMarshal.Read<uint>(key);
        return index < MaxEntries && Volatile.Read(ref _isThere[index]) ? AddressOf(index) : 0;
    }

    internal override Errno Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags, int cpu)
    {
        uint index = MemoryMarshal.Read<uint>(key);
        var target = TargetNumbers.Of(value);
        if (Type is MapType.SockMap && target.Number == 0) return Errno.EBADF;
        if (flags > (ulong)UpdateMode.Replace) return Errno.EINVAL;
        if (index >= MaxEntries) return Errno.E2BIG;
        return HoldsSockets ? PutSocket(index, target, flags) : Put(index, target, flags);
    }

    internal override Errno Delete(ReadOnlySpan<byte> key)
    {
        uint index = MemoryMarshal.Read<uint>(key);
        if (index >= MaxEntries) return Type is MapType.ReuseportSockArray ? Errno.E2BIG : Errno.EINVAL;
        lock (_gate)
        {
            bool wasThere = _isThere[index];
            _isThere[index] = false;
            if (wasThere) return Errno.None;
        }

        return Type switch
        {
            MapType.SockMap => Errno.EINVAL,
            MapType.ReuseportSockArray => Errno.ENOENT,
            _ => Errno.None,
        };
    }

    internal override bool TryFindRegion(ulong address, ulong size, out MemoryRegion region)
    {
        region = default;
        if (!_values.TryOffset(address, out ulong offset)) return false;
        region = RegionOf(address - (offset % TargetNumbers.Size)) with { Rights = MemoryRights.Read };
        return region.Allows(address, size, MemoryRights.None);
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value)
    {
        if (Type is MapType.XskMap) return Errno.EOPNOTSUPP;
        if (HoldsSockets && ValueSize != sizeof(ulong)) return Errno.ENOSPC;
        lock (_gate)
        {
            nint place = Lookup(key, 0);
            if (place == 0) return Errno.ENOENT;
            ValueAt(place).CopyTo(value);
            return Errno.None;
        }
    }

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) => Update(key, value, flags, 0);

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Delete(key);

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => Indexes.Next(key, next, MaxEntries);

    private Errno Put(uint index, TargetNumbers target, ulong flags)
    {
        if (flags == (ulong)UpdateMode.Add) return Errno.EEXIST;
        if (target.Refusal(Type, index, CpuCount) is not Errno.None and var errno) return errno;
        lock (_gate) Store(index, target);
        return Errno.None;
    }

    private Errno PutSocket(uint index, TargetNumbers target, ulong flags)
    {
        if (target.Number == 0) return Errno.EBADF;
        lock (_gate)
        {
            if (_isThere[index] && flags == (ulong)UpdateMode.Add) return Errno.EEXIST;
            if (!_isThere[index] && flags == (ulong)UpdateMode.Replace) return Errno.ENOENT;
            Store(index, target);
            return Errno.None;
        }
    }

    // No interface and no queue are no target.
    private void Store(uint index, TargetNumbers target)
    {
        target.Write(ValueAt(AddressOf(index)));
        Volatile.Write(ref _isThere[index], target.Number != 0);
    }

    private nint AddressOf(uint index) => _values.Start + ((nint)index * TargetNumbers.Size);
}
