// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// A longest-prefix map: a binary trie that skips the bits in which nothing parts. A node is replaced, not changed, by an update, so that
/// lookups need no lock. It is walked from the lowest prefix on, each one after those that it contains, as the kernel does.
/// </summary>
internal sealed unsafe class LpmTrieMap : MachineMap
{
    private readonly Lock _gate = new();
    private readonly ElementPool _pool;
    private readonly uint _longest;
    private LpmNode? _root;
    private uint _count;

    public LpmTrieMap(MapSpec spec, int cpuCount)
        : base(spec, cpuCount)
    {
        _pool = new(sizeof(Element) + ((ValueSize + 7) & ~7), sizeof(Element));
        _longest = (uint)(KeySize - sizeof(uint)) * 8;
    }

    internal override nint Lookup(ReadOnlySpan<byte> key, int cpu)
    {
        var bits = Parse(key, out uint length);
        if (length > _longest) return 0;
        LpmNode? found = null;
        for (var node = Volatile.Read(ref _root); node is not null;)
        {
            if (node.Match(bits, length) < node.Length) break;
            if (node.IsEntry) found = node;
            node = node.Length < length ? node.Follow(LpmNode.BitOf(bits, node.Length)) : null;
        }

        return found is null ? 0 : ValueOf(found);
    }

    internal override Errno Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags, int cpu)
    {
        var bits = Parse(key, out uint length);
        if (flags > (ulong)UpdateMode.Replace || length > _longest) return Errno.EINVAL;
        lock (_gate)
        {
            ref LpmNode? slot = ref FindSlot(length, bits, out uint match);
            var there = slot;
            bool replaces = there is not null && there.Length == length && match == length;
            if (replaces && there!.IsEntry)
            {
                if (flags == (ulong)UpdateMode.Add) return Errno.EEXIST;
            }
            else
            {
                if (flags == (ulong)UpdateMode.Replace) return Errno.ENOENT;
                if (_count == MaxEntries) return Errno.ENOSPC;
                _count++;
            }

            LpmNode added = new(length, bits.ToArray(), Store(value));
            if (replaces) Replace(ref slot, added);
            else Insert(ref slot, added, match);
            return Errno.None;
        }
    }

    internal override Errno Delete(ReadOnlySpan<byte> key)
    {
        var bits = Parse(key, out uint length);
        if (length > _longest) return Errno.EINVAL;
        lock (_gate)
        {
            ref LpmNode? parent = ref _root;
            ref LpmNode? slot = ref _root;
            while (slot is { } passed && passed.Length < length && passed.Match(bits, length) == passed.Length)
            {
                parent = ref slot;
                slot = ref passed.Below(LpmNode.BitOf(bits, passed.Length));
            }

            if (slot is not { IsEntry: true } node || node.Length != length || node.Match(bits, length) != length) return Errno.ENOENT;
            Remove(ref parent, ref slot, node);
            _count--;
            return Errno.None;
        }
    }

    internal override bool TryFindRegion(ulong address, ulong size, out MemoryRegion region)
    {
        region = default;
        nint value = _pool.Find(address);
        if (value == 0) return false;
        region = RegionOf((ulong)value);
        return region.Allows(address, size, MemoryRights.None);
    }

    internal override IEnumerable<(byte[] Key, nint Value)> Elements(int cpu)
    {
        List<LpmNode> entries = [];
        lock (_gate) Collect(_root, entries);
        foreach (var entry in entries) yield return (KeyOf(entry), ValueOf(entry));
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value)
    {
        lock (_gate)
        {
            nint found = Lookup(key, 0);
            if (found == 0) return Errno.ENOENT;
            ValueAt(found).CopyTo(value);
            return Errno.None;
        }
    }

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) => Update(key, value, flags, 0);

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Delete(key);

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next)
    {
        lock (_gate)
        {
            if (NextOf(key) is not { } found) return Errno.ENOENT;
            KeyOf(found).CopyTo(next);
            return Errno.None;
        }
    }

    // Where a prefix is, or is to be put: behind all nodes that are shorter and agree with it.
    private ref LpmNode? FindSlot(uint length, ReadOnlySpan<byte> bits, out uint match)
    {
        ref LpmNode? slot = ref _root;
        match = 0;
        while (slot is { } node)
        {
            match = node.Match(bits, length);
            if (match < node.Length || node.Length == length) break;
            slot = ref node.Below(LpmNode.BitOf(bits, node.Length));
        }

        return ref slot;
    }

    private Element* Store(ReadOnlySpan<byte> value)
    {
        var element = _pool.Take();
        value.CopyTo(ValueAt((nint)element));
        return element;
    }

    private void Replace(ref LpmNode? slot, LpmNode added)
    {
        var old = slot!;
        (added.Below(false), added.Below(true)) = (old.Below(false), old.Below(true));
        Volatile.Write(ref slot, added);
        if (old.IsEntry) _pool.GiveBack(old.Element);
    }

    private static void Insert(ref LpmNode? slot, LpmNode added, uint match)
    {
        if (slot is not { } there)
        {
            Volatile.Write(ref slot, added);
            return;
        }

        // What is there either lies below the new prefix or parts from it.
        var upper = match == added.Length ? added : new LpmNode(match, added.Bits, null);
        upper.Below(LpmNode.BitOf(there.Bits, match)) = there;
        if (upper != added) upper.Below(LpmNode.BitOf(added.Bits, match)) = added;
        Volatile.Write(ref slot, upper);
    }

    private void Remove(ref LpmNode? parent, ref LpmNode? slot, LpmNode node)
    {
        _pool.GiveBack(node.Element);
        if (node.Below(false) is not null && node.Below(true) is not null)
        {
            LpmNode parting = new(node.Length, node.Bits, null);
            (parting.Below(false), parting.Below(true)) = (node.Below(false), node.Below(true));
            Volatile.Write(ref slot, parting);
            return;
        }

        Volatile.Write(ref slot, node.Below(false) ?? node.Below(true));

        // A place where two part is none any more when one is gone.
        if (slot is null && parent is { IsEntry: false } fork) Volatile.Write(ref parent, fork.Below(false) ?? fork.Below(true));
    }

    // Up from where the key is: first to what lies beside it, then to what contains it.
    private LpmNode? NextOf(ReadOnlySpan<byte> key)
    {
        if (_root is null) return null;
        if (key.IsEmpty) return First(_root);
        var bits = Parse(key, out uint length);
        if (length > _longest) return First(_root);
        Stack<LpmNode> above = [];
        var node = _root;
        while (node is not null && node.Length < length && node.Match(bits, length) == node.Length)
        {
            above.Push(node);
            node = node.Below(LpmNode.BitOf(bits, node.Length));
        }

        if (node is not { IsEntry: true } || node.Length != length || node.Match(bits, length) != length) return First(_root);
        while (above.TryPop(out var upper))
        {
            if (upper.Below(false) == node && upper.Below(true) is { } beside) return First(beside);
            if (upper.IsEntry) return upper;
            node = upper;
        }

        return null;
    }

    // Leaves are entries: a place where two part has both.
    private static LpmNode First(LpmNode node)
    {
        while ((node.Below(false) ?? node.Below(true)) is { } lower) node = lower;
        return node;
    }

    private static void Collect(LpmNode? node, List<LpmNode> entries)
    {
        if (node is null) return;
        Collect(node.Below(false), entries);
        Collect(node.Below(true), entries);
        if (node.IsEntry) entries.Add(node);
    }

    private static byte[] KeyOf(LpmNode entry) => [.. BitConverter.GetBytes(entry.Length), .. entry.Bits];

    private static nint ValueOf(LpmNode entry) => (nint)entry.Element;

    private static ReadOnlySpan<byte> Parse(ReadOnlySpan<byte> key, out uint length)
    {
        length = MemoryMarshal.Read<uint>(key);
        return key[sizeof(uint)..];
    }
}
