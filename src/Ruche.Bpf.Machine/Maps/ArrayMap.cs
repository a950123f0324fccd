// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>An array: every index below its length has a value for ever.</summary>
internal sealed class ArrayMap : MachineMap
{
    private readonly NativeBlock _values;

    public ArrayMap(MapSpec spec, int cpuCount)
        : base(spec, cpuCount)
    {
        Stride = ((long)ValueSize + 7) & ~7L;
        _values = new(Stride * MaxEntries);
        Start = _values.Start;
        if (!spec.Contents.IsEmpty) spec.Contents.AsSpan()[..Math.Min(spec.Contents.Length, ValueSize)].CopyTo(ValueAt(Start));
    }

    /// <summary>The address of the first value.</summary>
    public nint Start { get; }

    /// <summary>Bytes from one value to the next.</summary>
    public long Stride { get; }

    internal override nint Lookup(ReadOnlySpan<byte> key, int cpu)
    {
        uint index = MemoryMarshal.Read<uint>(key);
        return index < MaxEntries ? Start + (nint)(index * Stride) : 0;
    }

    internal override Errno Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags, int cpu)
    {
        ulong mode = flags & ~(ulong)UpdateMode.Locked;
        if (mode > (ulong)UpdateMode.Replace) return Errno.EINVAL;
        nint place = Lookup(key, cpu);
        if (place == 0) return Errno.E2BIG;
        return mode == (ulong)UpdateMode.Add ? Errno.EEXIST : Overwrite(place, value, flags);
    }

    internal override Errno Delete(ReadOnlySpan<byte> key) => Errno.EINVAL;

    internal override bool TryFindRegion(ulong address, ulong size, out MemoryRegion region)
    {
        region = default;
        if (!_values.TryOffset(address, out ulong offset)) return false;
        region = RegionOf(address - (offset % (ulong)Stride));
        return region.Allows(address, size, MemoryRights.None);
    }

    internal override IEnumerable<(byte[] Key, nint Value)> Elements(int cpu)
    {
        for (uint index = 0; index < MaxEntries; index++) yield return (BitConverter.GetBytes(index), Start + (nint)(index * Stride));
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value)
    {
        nint place = Lookup(key, 0);
        if (place == 0) return Errno.ENOENT;
        Layout.Read(ValueAt(place), value);
        return Errno.None;
    }

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) => Update(key, value, flags, 0);

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Errno.EINVAL;

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => Indexes.Next(key, next, MaxEntries);
}
