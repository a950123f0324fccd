// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>Chained hash table over the names of some types of a set: two int arrays beside the list of the types, no strings.</summary>
internal sealed class BtfNameIndex
{
    private const ulong Factor = 0x9e37_79b9_7f4a_7c15;
    private const ulong Ones = 0x0101_0101_0101_0101;
    private const ulong Tops = 0x8080_8080_8080_8080;

    private readonly ReadOnlyMemory<int> _indexes;
    private readonly int[] _buckets;
    private readonly int[] _next;
    private readonly int _shift;

    /// <summary>Indexes the types that <paramref name="indexes"/> names, all with a name; <paramref name="shared"/> gives names that lie in the base's strings.</summary>
    public BtfNameIndex(ReadOnlySpan<byte> types, ReadOnlySpan<byte> strings, ReadOnlySpan<int> offsets, ReadOnlyMemory<int> indexes, int stringStart, BtfSpec? shared)
    {
        int bits = Math.Max(4, BitOperations.Log2((uint)indexes.Length + 1));
        _indexes = indexes;
        _shift = 64 - bits;
        _buckets = new int[1 << bits];
        _next = new int[indexes.Length];
        UncheckedWords words = new(types), text = new(strings);
        var typeIndexes = indexes.Span;
        // Backwards, so that chains run in the order of the ids.
        for (int entry = _next.Length - 1; entry >= 0; entry--)
        {
            int name = (int)words.At(offsets[typeIndexes[entry]]);
            ulong hash = name >= stringStart || shared is null ? HashTerminated(strings, text, name - stringStart) : Hash(shared.BytesAt(name));
            ref int bucket = ref _buckets[hash >> _shift];
            _next[entry] = bucket;
            bucket = entry + 1;
        }
    }

    /// <summary>The first candidate for a name; -1 when there is none.</summary>
    public int First(ReadOnlySpan<byte> name) => _buckets[Hash(name) >> _shift] - 1;

    /// <summary>The candidate after <paramref name="entry"/>, or -1.</summary>
    public int Next(int entry) => _next[entry] - 1;

    /// <summary>Which type a candidate is, counted from the set's first id.</summary>
    public int TypeIndex(int entry) => _indexes.Span[entry];

    /// <summary>Hash of a string up to its zero byte: eight bytes at a time, the last ones padded with zeros.</summary>
    private static ulong HashTerminated(ReadOnlySpan<byte> strings, UncheckedWords words, int at)
    {
        ulong hash = Factor;
        for (; at <= strings.Length - sizeof(ulong); at += sizeof(ulong))
        {
            ulong word = words.WideAt(at);
            ulong zeros = (word - Ones) & ~word & Tops; // the lowest set bit marks the first zero byte; higher ones may be wrong
            if (zeros != 0)
            {
                int kept = BitOperations.TrailingZeroCount(zeros) - 7;
                return kept == 0 ? hash : Mix(hash, word & ((1ul << kept) - 1));
            }
            hash = Mix(hash, word);
        }
        var text = strings[at..];
        int end = text.IndexOf((byte)0);
        return Tail(hash, end < 0 ? text : text[..end]);
    }

    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        ulong hash = Factor;
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(text));
        return Tail(hash, text);
    }

    private static ulong Tail(ulong hash, ReadOnlySpan<byte> text)
    {
        ulong word = 0;
        for (int i = text.Length - 1; i >= 0; i--) word = (word << 8) | text[i];
        return text.IsEmpty ? hash : Mix(hash, word);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong hash, ulong word) => BitOperations.RotateLeft(hash ^ word, 29) * Factor;
}
