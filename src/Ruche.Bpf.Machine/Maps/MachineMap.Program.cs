// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Maps;

/// <content>
/// What helpers do for programs. Keys and values are of the map's sizes; a per-CPU map is seen from one CPU. Addresses stay valid as long
/// as the map; the value of a removed entry may become that of another one.
/// </content>
public abstract unsafe partial class MachineMap
{
    /// <summary>The address of the value of a key; 0 when there is none.</summary>
    internal virtual nint Lookup(ReadOnlySpan<byte> key, int cpu) => 0;

    /// <summary>The bytes of a value where they are, shared with programs, like a mapping of the kernel's; of per-CPU maps the first. Good as long as the key and the map are.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    public Span<byte> Memory(ReadOnlySpan<byte> key)
    {
        nint value = Lookup(key, 0);
        if (value == 0) throw new KeyNotFoundException($"map '{Name}' has no value under this key that lies in memory");

        // SAFETY: the map keeps the value, which has as many bytes.
        return new((void*)value, ValueSize);
    }

    /// <summary>Stores a value; of a per-CPU map, on one CPU.</summary>
    internal virtual Errno Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags, int cpu) => Errno.EOPNOTSUPP;

    internal virtual Errno Delete(ReadOnlySpan<byte> key) => Errno.EOPNOTSUPP;

    internal virtual Errno Push(ReadOnlySpan<byte> value, ulong flags) => Errno.EOPNOTSUPP;

    internal virtual Errno Pop(Span<byte> value) => Errno.EOPNOTSUPP;

    /// <summary>Reads what is next; of a bloom filter, ENOENT says that the value is certainly not there.</summary>
    internal virtual Errno Peek(Span<byte> value) => Errno.EOPNOTSUPP;

    /// <summary>The object at a key of a map that holds maps or programs; null when there is none.</summary>
    internal virtual object? Target(ReadOnlySpan<byte> key) => null;

    /// <summary>Puts an object at a key of a map that holds maps or programs; null stands for a descriptor of nothing.</summary>
    internal virtual Errno Put(ReadOnlySpan<byte> key, object? target, ulong flags) => Errno.EOPNOTSUPP;

    /// <summary>The one value in which an access lies, when it lies in one. Of most maps programs get no pointers to values.</summary>
    internal virtual bool TryFindRegion(ulong address, ulong size, out MemoryRegion region)
    {
        region = default;
        return false;
    }

    /// <summary>
    /// The entries as they come: what is removed before its turn does not come. Keys are copies, as they lie where no program reaches.
    /// </summary>
    internal virtual IEnumerable<(byte[] Key, nint Value)> Elements(int cpu) => [];

    /// <summary>Whether a map of maps that wants such ones takes this one.</summary>
    internal bool IsLike(MapSpec prototype)
    {
        bool sizeCounts = Type is MapType.XskMap || (Type is MapType.Array && !prototype.Flags.HasFlag(MapFlags.InnerMap));
        return (Type, KeySize, ValueSize, Flags) == (prototype.Type, prototype.KeySize, prototype.ValueSize, prototype.Flags)
            && (!sizeCounts || MaxEntries == prototype.MaxEntries);
    }

    private protected MemoryRegion RegionOf(ulong start) => new(Name, start, (ulong)ValueSize, Rights);

    /// <summary>Stores a value over another one, holding the lock in it when the flags say so.</summary>
    private protected Errno Overwrite(nint place, ReadOnlySpan<byte> value, ulong flags)
    {
        if (!IsLocked(flags))
        {
            Layout.Store(value, ValueAt(place));
            return Errno.None;
        }

        if (Layout.LockOffset is not { } offset) return Errno.EINVAL;
        if (!ValueLock.TryTake(place + offset, out var held)) return Errno.EBUSY;
        using (held) Layout.Store(value, ValueAt(place));
        return Errno.None;
    }

    private protected static bool IsLocked(ulong flags) => (flags & (ulong)UpdateMode.Locked) != 0;

    // SAFETY: callers give the address of a value of this map.
    private protected Span<byte> ValueAt(nint address) => new((void*)address, ValueSize);
}
