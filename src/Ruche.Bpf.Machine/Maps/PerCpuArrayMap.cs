// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>An array with a value for each CPU at every index.</summary>
internal sealed class PerCpuArrayMap : MachineMap
{
    private readonly NativeBlock _values;

    public PerCpuArrayMap(MapSpec spec, int cpuCount)
        : base(spec, cpuCount)
    {
        Stride = MapTypeFacts.PerCpuStride(ValueSize);
        EntryStride = (long)Stride * cpuCount;
        _values = new(EntryStride * MaxEntries);
    }

    /// <summary>The address of the first value.</summary>
    public nint Start => _values.Start;

    /// <summary>Bytes from one CPU's value to the next.</summary>
    public int Stride { get; }

    /// <summary>Bytes from one index to the next.</summary>
    public long EntryStride { get; }

    internal override nint Lookup(ReadOnlySpan<byte> key, int cpu)
    {
        nint entry = Entry(key);
        return entry != 0 && (uint)cpu < (uint)CpuCount ? entry + ((nint)cpu * Stride) : 0;
    }

    internal override Errno Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags, int cpu)
    {
        if (Refusal(key, flags) is not Errno.None and var errno) return errno;
        value.CopyTo(ValueAt(Lookup(key, cpu)));
        return Errno.None;
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
        for (uint index = 0; index < MaxEntries; index++)
        {
            byte[] key = BitConverter.GetBytes(index);
            yield return (key, Lookup(key, cpu));
        }
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value)
    {
        nint entry = Entry(key);
        if (entry == 0) return Errno.ENOENT;
        PerCpuBytes.Read(entry, value);
        return Errno.None;
    }

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        if (Refusal(key, flags) is not Errno.None and var errno) return errno;
        PerCpuBytes.Write(Entry(key), value);
        return Errno.None;
    }

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Errno.EINVAL;

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => Indexes.Next(key, next, MaxEntries);

    private nint Entry(ReadOnlySpan<byte> key)
    {
        uint index = MemoryMarshal.Read<uint>(key);
        return index < MaxEntries ? _values.Start + (nint)(index * EntryStride) : 0;
    }

    private Errno Refusal(ReadOnlySpan<byte> key, ulong flags) =>
        flags > (ulong)UpdateMode.Replace ? Errno.EINVAL
        : Entry(key) == 0 ? Errno.E2BIG
        : flags == (ulong)UpdateMode.Add ? Errno.EEXIST
        : Errno.None;
}
