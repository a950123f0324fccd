// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>A hash of maps: a table of keys, and the map of each element beside it.</summary>
internal sealed unsafe class ReferenceHashMap : MachineMap
{
    private readonly ElementTable _table;
    private readonly Dictionary<nint, MachineMap> _maps = [];
    private readonly MapSpec _inner;

    public ReferenceHashMap(MapSpec spec, int cpuCount)
        : base(spec, cpuCount)
    {
        _table = new(KeySize, payloadSize: 0, MaxEntries);
        _inner = spec.Inner!.Complete(cpuCount);
    }

    internal override object? Target(ReadOnlySpan<byte> key)
    {
        lock (_table.Gate) return Find(key);
    }

    internal override Errno Put(ReadOnlySpan<byte> key, object? target, ulong flags)
    {
        if (target is null) return Errno.EBADF;
        if (target is not MachineMap map || !map.IsLike(_inner) || flags > (ulong)UpdateMode.Replace) return Errno.EINVAL;
        uint hash = KeyHash.Of(key);
        lock (_table.Gate)
        {
            Element* old = _table.FindLocked(key, hash);
            if (old != null && flags == (ulong)UpdateMode.Add) return Errno.EEXIST;
            if (old == null && flags == (ulong)UpdateMode.Replace) return Errno.ENOENT;
            if (old == null)
            {
                if (_table.Count >= MaxEntries) return Errno.E2BIG;
                old = _table.New(key, hash);
                _table.Link(old, null);
            }

            _maps[(nint)old] = map;
            return Errno.None;
        }
    }

    internal override Errno Delete(ReadOnlySpan<byte> key)
    {
        lock (_table.Gate)
        {
            Element* element = _table.FindLocked(key, KeyHash.Of(key));
            if (element == null) return Errno.ENOENT;
            _maps.Remove((nint)element);
            _table.Unlink(element);
            return Errno.None;
        }
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value)
    {
        if (Target(key) is not { } map) return Errno.ENOENT;
        MemoryMarshal.Write(value, MachineObjects.IdOf(map));
        return Errno.None;
    }

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) =>
        Put(key, MachineObjects.Find(MemoryMarshal.Read<uint>(value)), flags);

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Delete(key);

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => _table.NextKey(key, next);

    private MachineMap? Find(ReadOnlySpan<byte> key)
    {
        Element* element = _table.FindLocked(key, KeyHash.Of(key));
        return element == null ? null : _maps[(nint)element];
    }
}
