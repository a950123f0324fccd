// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Numerics;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>Chained hash table over the names of a set's own types: two int arrays, no strings.</summary>
internal sealed class BtfNameIndex
{
    private readonly int[] _buckets;
    private readonly int[] _next;
    private readonly int _shift;

    public BtfNameIndex(BtfSpec spec)
    {
        int count = spec.Count - spec.FirstId;
        int bits = Math.Max(4, BitOperations.Log2((uint)count + 1) + 1);
        _shift = 64 - bits;
        _buckets = new int[1 << bits];
        _next = new int[count];
        // Backwards, so that chains run in the order of the ids.
        for (int index = count - 1; index >= 0; index--)
        {
            var name = spec.NameBytesOf(spec.FirstId + index);
            if (name.IsEmpty) continue;
            ref int bucket = ref _buckets[Bucket(name)];
            _next[index] = bucket;
            bucket = index + 1;
        }
    }

    /// <summary>The first candidate for a name, as an index from the set's first id; -1 when there is none.</summary>
    public int First(ReadOnlySpan<byte> name) => _buckets[Bucket(name)] - 1;

    /// <summary>The candidate after <paramref name="index"/>, or -1.</summary>
    public int Next(int index) => _next[index] - 1;

    private int Bucket(ReadOnlySpan<byte> name) => (int)(Hash(name) >> _shift);

    private static ulong Hash(ReadOnlySpan<byte> name)
    {
        const ulong Factor = 0x9e37_79b9_7f4a_7c15;
        ulong hash = (ulong)name.Length * Factor;
        for (; name.Length >= sizeof(ulong); name = name[sizeof(ulong)..])
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name)) * Factor, 29);
        ulong tail = 0;
        foreach (byte b in name) tail = (tail << 8) | b;
        return (hash ^ tail) * Factor;
    }
}
