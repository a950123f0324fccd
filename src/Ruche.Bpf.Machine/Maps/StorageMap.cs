// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// What programs keep with sockets, tasks, inodes or cgroups. Here these are numbers: the key of an entry is the number of what it is kept
/// with, whatever that stands for in the run.
/// </summary>
internal sealed unsafe class StorageMap : MachineMap
{
    private const uint UsualOwners = 1 << 16;

    private readonly ElementTable _table;

    public StorageMap(MapSpec spec, int cpuCount)
        : base(spec, cpuCount) => _table = new(KeySize, ValueSize, UsualOwners);

    internal override nint Lookup(ReadOnlySpan<byte> key, int cpu)
    {
        Element* element = _table.Find(key);
        return element == null ? 0 : ValueOf(element);
    }

    /// <summary>What is kept with an owner, made when nothing is: of the value that is given, or zero.</summary>
    internal nint LookupOrAdd(uint owner, ReadOnlySpan<byte> initial)
    {
        var key = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in owner));
        lock (_table.Gate)
        {
            Element* element = _table.FindLocked(key, KeyHash.Of(key));
            return ValueOf(element != null ? element : Add(key, initial));
        }
    }

    internal override Errno Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags, int cpu)
    {
        ulong mode = flags & ~(ulong)UpdateMode.Locked;
        if (mode > (ulong)UpdateMode.Replace || (IsLocked(flags) && Layout.LockOffset is null)) return Errno.EINVAL;
        lock (_table.Gate)
        {
            Element* old = _table.FindLocked(key, KeyHash.Of(key));
            if (old != null && mode == (ulong)UpdateMode.Add) return Errno.EEXIST;
            if (old == null && mode == (ulong)UpdateMode.Replace) return Errno.ENOENT;
            if (old != null && IsLocked(flags)) return Overwrite(ValueOf(old), value, flags);
            Element* added = _table.New(key, KeyHash.Of(key));
            Layout.Begin(value, ValueAt(ValueOf(added)));
            _table.Link(added, old);
            return Errno.None;
        }
    }

    internal override Errno Delete(ReadOnlySpan<byte> key) => _table.Remove(key);

    internal override bool TryFindRegion(ulong address, ulong size, out MemoryRegion region)
    {
        region = default;
        nint value = _table.FindPayload(address);
        if (value == 0) return false;
        region = RegionOf((ulong)value);
        return region.Allows(address, size, MemoryRights.None);
    }

    internal override IEnumerable<(byte[] Key, nint Value)> Elements(int cpu)
    {
        foreach (byte[] key in _table.Keys())
            if (Lookup(key, cpu) is not 0 and var value) yield return (key, value);
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value)
    {
        lock (_table.Gate)
        {
            Element* element = _table.FindLocked(key, KeyHash.Of(key));
            if (element == null) return Errno.ENOENT;
            Layout.Read(ValueAt(ValueOf(element)), value);
            return Errno.None;
        }
    }

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) => Update(key, value, flags, 0);

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Delete(key);

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => Errno.ENOTSUPP;

    private Element* Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> initial)
    {
        Element* element = _table.New(key, KeyHash.Of(key));
        var value = ValueAt(ValueOf(element));
        value.Clear();
        initial.CopyTo(value);
        _table.Link(element, null);
        return element;
    }

    private static nint ValueOf(Element* element) => (nint)element;
}
