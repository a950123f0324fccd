// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>Interfaces or sockets by key, to which programs redirect: numbers here, so that a run can tell where a packet would go.</summary>
internal sealed unsafe class TargetHashMap : MachineMap
{
    private readonly ElementTable _table;

    public TargetHashMap(MapSpec spec, int cpuCount)
        : base(spec, cpuCount) => _table = new(KeySize, TargetNumbers.Size, MaxEntries);

    internal override nint Lookup(ReadOnlySpan<byte> key, int cpu)
    {
        Element* element = _table.Find(key);
        return element == null ? 0 : ValueOf(element);
    }

    internal override Errno Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags, int cpu)
    {
        var target = TargetNumbers.Of(value);
        if (Type is MapType.SockHash && target.Number == 0) return Errno.EBADF;
        if (flags > (ulong)UpdateMode.Replace || target.Refusal(Type, 0, CpuCount) is not Errno.None) return Errno.EINVAL;
        lock (_table.Gate)
        {
            Element* old = _table.FindLocked(key, KeyHash.Of(key));
            if (old != null && flags == (ulong)UpdateMode.Add) return Errno.EEXIST;
            if (old == null && flags == (ulong)UpdateMode.Replace && Type is MapType.SockHash) return Errno.ENOENT;
            if (old == null && _table.Count >= MaxEntries) return Errno.E2BIG;
            Element* added = _table.New(key, KeyHash.Of(key));
            target.Write(ValueAt(ValueOf(added)));
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
        region = RegionOf((ulong)value) with { Rights = MemoryRights.Read };
        return region.Allows(address, size, MemoryRights.None);
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value)
    {
        if (Type is MapType.SockHash && ValueSize != sizeof(ulong)) return Errno.ENOSPC;
        lock (_table.Gate)
        {
            Element* element = _table.FindLocked(key, KeyHash.Of(key));
            if (element == null) return Errno.ENOENT;
            ValueAt(ValueOf(element)).CopyTo(value);
            return Errno.None;
        }
    }

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) => Update(key, value, flags, 0);

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Delete(key);

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => _table.NextKey(key, next);

    private static nint ValueOf(Element* element) => (nint)element;
}
