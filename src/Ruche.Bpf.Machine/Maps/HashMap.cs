// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// A hash map, per-CPU or not, LRU or not. As in the kernel, replacing a value gives the key a new element, so that whoever holds the old
/// one's address sees the old value; in per-CPU maps values are replaced where they are.
/// </summary>
internal sealed unsafe class HashMap : MachineMap
{
    private readonly ElementTable _table;
    private readonly EvictionQueue? _evictions;

    public HashMap(MapSpec spec, int cpuCount)
        : base(spec, cpuCount)
    {
        bool isLru = spec.Type is MapType.LruHash or MapType.LruPerCpuHash;
        if (spec.Type.IsPerCpu()) Stride = MapTypeFacts.PerCpuStride(ValueSize);
        int links = (ValueBufferSize + 7) & ~7;
        _table = new(KeySize, links + (isLru ? EvictionQueue.LinksSize : 0), MaxEntries);
        if (isLru) _evictions = new(links);
    }

    /// <summary>Bytes from one CPU's value to the next; 0 in maps that are not per-CPU.</summary>
    public int Stride { get; }

    public bool IsPerCpu => Stride != 0;

    public bool IsLru => _evictions is not null;

    /// <summary>Where its elements are.</summary>
    public ElementTable Table => _table;

    internal override nint Lookup(ReadOnlySpan<byte> key, int cpu)
    {
        Element* element = _table.Find(key);
        if (element == null) return 0;
        if (_evictions is not null && Element.Of(element).IsUsed == 0) Element.Of(element).IsUsed = 1;
        return ValueOf(element, cpu);
    }

    internal override Errno Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags, int cpu) => Store(key, value, flags, cpu, IsPerCpu);

    internal override Errno Delete(ReadOnlySpan<byte> key)
    {
        lock (_table.Gate)
        {
            Element* element = _table.FindLocked(key, KeyHash.Of(key));
            if (element == null) return Errno.ENOENT;
            Remove(element);
            return Errno.None;
        }
    }

    internal override bool TryFindRegion(ulong address, ulong size, out MemoryRegion region)
    {
        region = default;
        nint values = _table.FindPayload(address);
        if (values == 0) return false;
        ulong start = (ulong)values;
        if (IsPerCpu) start += Math.Min((address - start) / (uint)Stride, (uint)CpuCount - 1) * (uint)Stride;
        region = RegionOf(start);
        return region.Allows(address, size, MemoryRights.None);
    }

    internal override IEnumerable<(byte[] Key, nint Value)> Elements(int cpu)
    {
        foreach (byte[] key in _table.Keys())
            if (Peek(key, cpu) is not 0 and var value) yield return (key, value);
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value)
    {
        lock (_table.Gate)
        {
            Element* element = _table.FindLocked(key, KeyHash.Of(key));
            if (element == null) return Errno.ENOENT;
            Read(element, value);
            return Errno.None;
        }
    }

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) => Store(key, value, flags, 0, isOneCpu: false);

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Delete(key);

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => _table.NextKey(key, next);

    private protected override Errno TakeEntry(ReadOnlySpan<byte> key, Span<byte> value)
    {
        lock (_table.Gate)
        {
            Element* element = _table.FindLocked(key, KeyHash.Of(key));
            if (element == null) return Errno.ENOENT;
            Read(element, value);
            Remove(element);
            return Errno.None;
        }
    }

    // Unlike a lookup, this is no use that keeps an entry in an LRU map.
    private nint Peek(ReadOnlySpan<byte> key, int cpu)
    {
        Element* element = _table.Find(key);
        return element == null ? 0 : ValueOf(element, cpu);
    }

    private Errno Store(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags, int cpu, bool isOneCpu)
    {
        ulong mode = flags & ~(ulong)UpdateMode.Locked;
        if (mode > (ulong)UpdateMode.Replace || (IsLocked(flags) && Layout.LockOffset is null)) return Errno.EINVAL;
        uint hash = KeyHash.Of(key);
        lock (_table.Gate)
        {
            Element* old = _table.FindLocked(key, hash);
            if (old != null && mode == (ulong)UpdateMode.Add) return Errno.EEXIST;
            if (old == null && mode == (ulong)UpdateMode.Replace) return Errno.ENOENT;
            if (old != null && IsPerCpu)
            {
                Fill(old, value, cpu, isOneCpu);
                return Errno.None;
            }

            if (old != null && IsLocked(flags)) return Overwrite(ValuesOf(old), value, flags);
            if (old == null && _table.Count >= MaxEntries && !TryEvict()) return Errno.E2BIG;
            Element* element = _table.New(key, hash);
            if (isOneCpu) new Span<byte>((void*)ValuesOf(element), ValueBufferSize).Clear();
            Fill(element, value, cpu, isOneCpu);
            if (old != null) _evictions?.Remove(old);
            _evictions?.Add(element);
            _table.Link(element, old);
            return Errno.None;
        }
    }

    private void Fill(Element* element, ReadOnlySpan<byte> value, int cpu, bool isOneCpu)
    {
        if (IsPerCpu) PerCpuBytes.Write(ValuesOf(element) + (isOneCpu ? (nint)cpu * Stride : 0), value);
        else Layout.Begin(value, ValueAt(ValuesOf(element)));
    }

    private void Read(Element* element, Span<byte> value)
    {
        if (IsPerCpu) PerCpuBytes.Read(ValuesOf(element), value);
        else Layout.Read(ValueAt(ValuesOf(element)), value);
    }

    private bool TryEvict()
    {
        if (_evictions is null) return false;
        Remove(_evictions.Next(_table.Count));
        return true;
    }

    private void Remove(Element* element)
    {
        _evictions?.Remove(element);
        _table.Unlink(element);
    }

    private nint ValueOf(Element* element, int cpu)
    {
        if (!IsPerCpu) return ValuesOf(element);
        return (uint)cpu < (uint)CpuCount ? ValuesOf(element) + ((nint)cpu * Stride) : 0;
    }

    private static nint ValuesOf(Element* element) => (nint)element;
}
