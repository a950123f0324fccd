// SPDX-License-Identifier: MIT
using System.Numerics;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>A bloom filter: a few bits for each value. It may say yes to what was never added, and never no to what was.</summary>
internal sealed class BloomFilterMap : MachineMap
{
    private const int DefaultHashCount = 5;
    private const long MostBits = 1L << 32;

    private readonly ulong[] _words;
    private readonly ulong _mask;
    private readonly int _hashCount;

    public BloomFilterMap(MapSpec spec, int cpuCount)
        : base(spec, cpuCount)
    {
        _hashCount = spec.Extra == 0 ? DefaultHashCount : (int)spec.Extra;

        // As many bits for each value and hash as the kernel takes: 1 / ln 2, to a power of two.
        ulong bits = BitOperations.RoundUpToPowerOf2(Math.Max((ulong)spec.MaxEntries * (uint)_hashCount * 7 / 5, 64));
        bits = Math.Min(bits, MostBits);
        _words = new ulong[bits / 64];
        _mask = bits - 1;
    }

    internal override Errno Push(ReadOnlySpan<byte> value, ulong flags)
    {
        if (flags != 0) return Errno.EINVAL;
        for (int i = 0; i < _hashCount; i++)
        {
            ulong bit = BitOf(value, i);
            Interlocked.Or(ref _words[bit / 64], 1ul << (int)(bit % 64));
        }

        return Errno.None;
    }

    internal override Errno Peek(Span<byte> value)
    {
        for (int i = 0; i < _hashCount; i++)
        {
            ulong bit = BitOf(value, i);
            if ((Volatile.Read(ref _words[bit / 64]) & (1ul << (int)(bit % 64))) == 0) return Errno.ENOENT;
        }

        return Errno.None;
    }

    private protected override Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value) => Peek(value);

    private protected override Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags) => Push(value, flags);

    private protected override Errno RemoveEntry(ReadOnlySpan<byte> key) => Errno.EOPNOTSUPP;

    private protected override Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next) => Errno.EOPNOTSUPP;

    // Each hash is one word of a sequence that starts from the value's.
    private ulong BitOf(ReadOnlySpan<byte> value, int hash) => KeyHash.Of(KeyHash.Of(value) + ((ulong)hash << 32)) & _mask;
}
