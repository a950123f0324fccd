// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// A hash table of elements in native memory: a header, the key, and a payload that is the owner's. Finding takes no lock: a version is odd
/// while links change and differs afterwards, so that a reader knows what it cannot rely on, and looks again under the lock. A reader may
/// stand on an element that has been removed or even moved to another bucket, or look into buckets that are no longer in use; all of them
/// stay as long as the table, so that is safe. Machine code finds elements too, by what <see cref="TableHead"/> says.
/// </summary>
internal sealed unsafe class ElementTable
{
    private const int FewestBuckets = 16;

    /// <summary>How far behind an element its key lies.</summary>
    public static readonly int KeyOffset = sizeof(Element);

    private readonly int _keySize;
    private readonly ElementPool _pool;
    private readonly List<NativeBlock> _blocks = [];
    private readonly TableHead* _head;

    public ElementTable(int keySize, int payloadSize)
    {
        _keySize = keySize;
        PayloadOffset = sizeof(Element) + Rounded(keySize);
        _pool = new(PayloadOffset + Rounded(payloadSize));
        NativeBlock head = new(sizeof(TableHead));
        _blocks.Add(head);
        _head = (TableHead*)head.Start;
        _head->Buckets = NewBuckets(FewestBuckets);
    }

    /// <summary>To be held by whoever changes anything, or wants nothing to change meanwhile.</summary>
    public Lock Gate { get; } = new();

    /// <summary>How far behind an element its payload lies.</summary>
    public int PayloadOffset { get; }

    /// <summary>How many elements are linked.</summary>
    public uint Count { get; private set; }

    /// <summary>Where machine code begins to look.</summary>
    public TableHead* Head => _head;

    private uint BucketCount => (uint)TableHead.MaskOf(_head->Buckets) + 1;

    public ReadOnlySpan<byte> KeyOf(Element* element) => new(element + 1, _keySize);

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
        var element = TableHead.First(_head->Buckets, hash);
        while (element != null && (element->Hash != hash || !KeyOf(element).SequenceEqual(key))) element = element->Next;
        return element;
    }

    /// <summary>An element for a key, not linked yet. Its payload is what was last in it.</summary>
    public Element* New(ReadOnlySpan<byte> key, uint hash)
    {
        var element = _pool.Take();
        (element->Hash, element->IsUsed) = (hash, 0);
        key.CopyTo(new(element + 1, _keySize));
        return element;
    }

    /// <summary>Puts an element in, in place of another one of the same key when there is one.</summary>
    public void Link(Element* element, Element* replaced)
    {
        if (replaced == null && Count == BucketCount) Grow();
        Interlocked.Increment(ref _head->Version);
        Element** bucket = TableHead.Bucket(_head->Buckets, element->Hash);
        element->Next = *bucket;
        *bucket = element;
        if (replaced != null) TakeOut(replaced);
        else Count++;
        Interlocked.Increment(ref _head->Version);
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
        Interlocked.Increment(ref _head->Version);
        TakeOut(element);
        Interlocked.Increment(ref _head->Version);
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
    public nint FindPayload(ulong address)
    {
        nint element = _pool.Find(address);
        return element != 0 && address >= (ulong)(element + PayloadOffset) ? element + PayloadOffset : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Element* Find<T>(ReadOnlySpan<byte> bytes, T key)
        where T : unmanaged, IEqualityOperators<T, T, bool>, INumberBase<T>
    {
        int version = Volatile.Read(ref _head->Version);
        uint hash = typeof(T) == typeof(UInt128) ? KeyHash.Of(Unsafe.BitCast<T, UInt128>(key)) : KeyHash.Of(ulong.CreateTruncating(key));
        var element = TableHead.First(_head->Buckets, hash);
        while (element != null && *(T*)(element + 1) != key)
        {
            element = element->Next;
            if (Volatile.Read(ref _head->Version) != version) break;
        }

        Volatile.ReadBarrier();
        return (version & 1) == 0 && _head->Version == version ? element : FindWaiting(bytes);
    }

    private Element* FindBytes(ReadOnlySpan<byte> key)
    {
        int version = Volatile.Read(ref _head->Version);
        uint hash = KeyHash.Of(key);
        var element = TableHead.First(_head->Buckets, hash);
        while (element != null && (element->Hash != hash || !KeyOf(element).SequenceEqual(key)))
        {
            element = element->Next;
            if (Volatile.Read(ref _head->Version) != version) break;
        }

        Volatile.ReadBarrier();
        return (version & 1) == 0 && _head->Version == version ? element : FindWaiting(key);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Element* FindWaiting(ReadOnlySpan<byte> key)
    {
        lock (Gate) return FindLocked(key, KeyHash.Of(key));
    }

    // In the order of buckets: the first for null, null after the last.
    private Element* After(Element* element)
    {
        if (element != null && element->Next != null) return element->Next;
        uint bucket = element == null ? 0 : (element->Hash & (BucketCount - 1)) + 1;
        for (; bucket < BucketCount; bucket++)
            if (TableHead.First(_head->Buckets, bucket) is var first && first != null) return first;
        return null;
    }

    private void TakeOut(Element* element)
    {
        Element** place = TableHead.Bucket(_head->Buckets, element->Hash);
        while (*place != element) place = &(*place)->Next;
        *place = element->Next;
    }

    private void Grow()
    {
        Element** larger = NewBuckets(BucketCount * 2);
        Interlocked.Increment(ref _head->Version);
        for (uint bucket = 0; bucket < BucketCount; bucket++)
        {
            for (var element = TableHead.First(_head->Buckets, bucket); element != null;)
            {
                var next = element->Next;
                Element** place = TableHead.Bucket(larger, element->Hash);
                element->Next = *place;
                *place = element;
                element = next;
            }
        }

        _head->Buckets = larger;
        Interlocked.Increment(ref _head->Version);
    }

    private Element** NewBuckets(uint count)
    {
        NativeBlock block = new((count + 1) * sizeof(nint));
        _blocks.Add(block);
        Element** buckets = (Element**)block.Start + 1;
        TableHead.MaskOf(buckets) = count - 1;
        return buckets;
    }

    private static int Rounded(int size) => (size + 7) & ~7;
}
