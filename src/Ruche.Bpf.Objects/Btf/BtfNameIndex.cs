// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>Chained hash table over the names of a set's own functions, or of its other types: two int arrays, no strings.</summary>
internal sealed class BtfNameIndex
{
    private const ulong Factor = 0x9e37_79b9_7f4a_7c15;
    private const ulong Ones = 0x0101_0101_0101_0101;
    private const ulong Tops = 0x8080_8080_8080_8080;

    private readonly int[] _buckets;
    private readonly int[] _next;
    private readonly int _shift;

    /// <summary>Indexes the types at <paramref name="offsets"/>; <paramref name="shared"/> gives names that lie in the base's strings.</summary>
    public BtfNameIndex(ReadOnlySpan<byte> types, ReadOnlySpan<byte> strings, ReadOnlySpan<int> offsets, int stringStart, BtfSpec? shared, bool functions)
    {
        int bits = Math.Max(4, BitOperations.Log2((uint)offsets.Length + 1) - 1);
        _shift = 64 - bits;
        _buckets = new int[1 << bits];
        _next = new int[offsets.Length];
        // Backwards, so that chains run in the order of the ids.
        for (int index = offsets.Length - 1; index >= 0; index--)
        {
            int at = offsets[index];
            if ((BtfInfo.Kind(UncheckedWord.At(types, at + sizeof(uint))) == (int)BtfKind.Function) != functions) continue;
            int name = (int)UncheckedWord.At(types, at);
            if (name == 0) continue;
            ulong hash = name >= stringStart || shared is null ? HashTerminated(strings, name - stringStart) : Hash(shared.BytesAt(name));
            ref int bucket = ref _buckets[hash >> _shift];
            _next[index] = bucket;
            bucket = index + 1;
        }
    }

    /// <summary>The first candidate for a name, as an index from the set's first id; -1 when there is none.</summary>
    public int First(ReadOnlySpan<byte> name) => _buckets[Hash(name) >> _shift] - 1;

    /// <summary>The candidate after <paramref name="index"/>, or -1.</summary>
    public int Next(int index) => _next[index] - 1;

    /// <summary>Hash of a string up to its zero byte: eight bytes at a time, the last ones padded with zeros.</summary>
    private static ulong HashTerminated(ReadOnlySpan<byte> strings, int at)
    {
        ulong hash = Factor;
        for (; at <= strings.Length - sizeof(ulong); at += sizeof(ulong))
        {
            ulong word = UncheckedWord.WideAt(strings, at);
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
