// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// A hash table of elements in native memory: the key, a header, and a payload that is the owner's. Finding takes no lock: a version is odd
/// while links change and differs afterwards, so that a reader knows what it cannot rely on, and looks again under the lock. A reader may
/// stand on an element that has been removed; all elements are memory for ever, so that is safe. There are twice as many buckets as entries
/// may come, so that most have no second one: memory that nothing has used costs nothing. So machine code, which finds elements too, knows where they are.
/// </summary>
internal sealed unsafe class ElementTable
{
    private const uint MostBuckets = 1 << 23;

    /// <summary>How far behind the table's head its first bucket lies.</summary>
    public const int BucketsOffset = sizeof(ulong);

    private readonly int _keySize;
    private readonly uint _count;
    private readonly ElementPool _pool;
    private readonly NativeBlock _block;
    private readonly Element** _buckets;

    public ElementTable(int keySize, int payloadSize, uint maxEntries)
    {
        _keySize = keySize;
        int before = Rounded(keySize) + sizeof(Element);
        KeyOffset = -before;
        _pool = new(before + Rounded(payloadSize), before);
        _count = 2 * BitOperations.RoundUpToPowerOf2(Math.Clamp(maxEntries, 1, MostBuckets / 2));
        Shift = 32 - BitOperations.Log2(_count);
        _block = new(BucketsOffset + ((long)_count * sizeof(Element*)));
        _buckets = (Element**)(_block.Start + BucketsOffset);
    }

    /// <summary>To be held by whoever changes anything, or wants nothing to change meanwhile.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Where the key is, from the payload.</summary>
    public int KeyOffset { get; }

    /// <summary>How many elements are linked.</summary>
    public uint Count { get; private set; }

    /// <summary>The address of the version, behind which the buckets begin.</summary>
    public nint Head => _block.Start;

    /// <summary>How far a hash is shifted right to be a bucket's number.</summary>
    public int Shift { get; }

    private ref int Version => ref *(int*)_block.Start;

    public ReadOnlySpan<byte> KeyOf(Element* element) => new((byte*)element + KeyOffset, _keySize);

    /// <summary>The element of a key; null when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Element* Find(ReadOnlySpan<byte> key) => key.Length switch
    {
        sizeof(uint) => Find(key, MemoryMarshal.Read<uint>(key)),
        sizeof(ulong) => Find(key, MemoryMarshal.Read<ulong>(key)),
        sizeof(ulong) * 2 => Find(key, MemoryMarshal.Read<UInt128>(key)),
        _ => FindBytes(key),
    };

    /// <summary>The same for one who holds the lock.</summary>
    public Element* FindLocked(ReadOnlySpan<byte> key, uint hash)
    {
        var element = _buckets[hash >> Shift];
        while (element != null && (Element.Of(element).Hash != hash || !KeyOf(element).SequenceEqual(key))) element = Element.Of(element).Next;
        return element;
    }

    /// <summary>An element for a key, not linked yet. Its payload is what was last in it.</summary>
    public Element* New(ReadOnlySpan<byte> key, uint hash)
    {
        var element = _pool.Take();
        (Element.Of(element).Hash, Element.Of(element).IsUsed) = (hash, 0);
        key.CopyTo(new((byte*)element + KeyOffset, _keySize));
        return element;
    }

    /// <summary>Puts an element in, in place of another one of the same key when there is one.</summary>
    public void Link(Element* element, Element* replaced)
    {
        Interlocked.Increment(ref Version);
        Element** bucket = _buckets + (Element.Of(element).Hash >> Shift);
        Element.Of(element).Next = *bucket;
        *bucket = element;
        if (replaced != null) TakeOut(replaced);
        else Count++;
        Interlocked.Increment(ref Version);
        if (replaced != null) _pool.GiveBack(replaced);
    }

    /// <summary>Takes out the element of a key.</summary>
    public Errno Remove(ReadOnlySpan<byte> key)
    {
        lock (Gate)
        {
            Element* element = FindLocked(key, KeyHash.Of(key));
            if (element == null) return Errno.ENOENT;
            Unlink(element);
            return Errno.None;
        }
    }

    public void Unlink(Element* element)
    {
        Interlocked.Increment(ref Version);
        TakeOut(element);
        Interlocked.Increment(ref Version);
        Count--;
        _pool.GiveBack(element);
    }

    /// <summary>The key after another, as bpf(2) walks a hash map: from the start when there is no such key.</summary>
    public Errno NextKey(ReadOnlySpan<byte> key, Span<byte> next)
    {
        lock (Gate)
        {
            Element* element = After(key.IsEmpty ? null : FindLocked(key, KeyHash.Of(key)));
            if (element == null) return Errno.ENOENT;
            KeyOf(element).CopyTo(next);
            return Errno.None;
        }
    }

    /// <summary>Copies of the keys that are there now.</summary>
    public List<byte[]> Keys()
    {
        lock (Gate)
        {
            List<byte[]> keys = new((int)Count);
            for (Element* element = After(null); element != null; element = After(element)) keys.Add(KeyOf(element).ToArray());
            return keys;
        }
    }

    /// <summary>The address of the payload in which an address lies; 0 when it lies in none.</summary>
    public nint FindPayload(ulong address) => _pool.Find(address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Element* Find<T>(ReadOnlySpan<byte> bytes, T key)
        where T : unmanaged, IEqualityOperators<T, T, bool>, INumberBase<T>
    {
        int version = Volatile.Read(ref Version);
        uint hash = typeof(T) == typeof(UInt128) ? KeyHash.Of(Unsafe.BitCast<T, UInt128>(key))
            : typeof(T) == typeof(uint) ? KeyHash.Of(uint.CreateTruncating(key)) : KeyHash.Of(ulong.CreateTruncating(key));
        var element = _buckets[hash >> Shift];
        while (element != null && *(T*)((byte*)element + KeyOffset) != key)
        {
            element = Element.Of(element).Next;
            if (Volatile.Read(ref Version) != version) break;
        }

        Volatile.ReadBarrier();
        return (version & 1) == 0 && Version == version ? element : FindWaiting(bytes);
    }

    private Element* FindBytes(ReadOnlySpan<byte> key)
    {
        int version = Volatile.Read(ref Version);
        uint hash = KeyHash.Of(key);
        var element = _buckets[hash >> Shift];
        while (element != null && (Element.Of(element).Hash != hash || !KeyOf(element).SequenceEqual(key)))
        {
            element = Element.Of(element).Next;
            if (Volatile.Read(ref Version) != version) break;
        }

        Volatile.ReadBarrier();
        return (version & 1) == 0 && Version == version ? element : FindWaiting(key);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Element* FindWaiting(ReadOnlySpan<byte> key)
    {
        lock (Gate) return FindLocked(key, KeyHash.Of(key));
    }

    // In the order of buckets: the first for null, null after the last.
    private Element* After(Element* element)
    {
        if (element != null && Element.Of(element).Next != null) return Element.Of(element).Next;
        uint bucket = element == null ? 0 : (Element.Of(element).Hash >> Shift) + 1;
        for (; bucket < _count; bucket++)
            if (_buckets[bucket] != null) return _buckets[bucket];
        return null;
    }

    private void TakeOut(Element* element)
    {
        Element** place = _buckets + (Element.Of(element).Hash >> Shift);
        while (*place != element) place = &(*place)[-1].Next;
        *place = Element.Of(element).Next;
    }

    private static int Rounded(int size) => (size + 7) & ~7;
}
