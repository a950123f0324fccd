// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>How many bytes follow the common part of each kind: a fixed number, and one per element.</summary>
internal sealed class BtfKindLayout
{
    /// <summary>Bytes of the part common to all kinds: name, info, size or type.</summary>
    public const int CommonSize = 12;

    private const byte Unknown = 0xff;
    private const int EntrySize = 4;

    private static readonly byte[] KnownFixed = [Unknown, 4, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 4, 0, 0];
    private static readonly byte[] KnownElement = [0, 0, 0, 0, 12, 12, 8, 0, 0, 0, 0, 0, 0, 8, 0, 12, 0, 0, 0, 12];

    private readonly byte[] _fixed = new byte[128];
    private readonly byte[] _element = new byte[128];

    /// <summary>The known kinds, and whatever further ones the image's own table describes (Linux 7.1).</summary>
    public BtfKindLayout(ReadOnlySpan<byte> table)
    {
        _fixed.AsSpan().Fill(Unknown);
        for (int kind = 0; kind < KnownFixed.Length; kind++)
            (_fixed[kind], _element[kind]) = (KnownFixed[kind], KnownElement[kind]);
        for (int kind = KnownFixed.Length; kind < _fixed.Length && (kind + 1) * EntrySize <= table.Length; kind++)
            (_fixed[kind], _element[kind]) = (table[kind * EntrySize], table[kind * EntrySize + 1]);
    }

    public static BtfKindLayout Known { get; } = new([]);

    /// <summary>How many bytes a type with this info word takes, or -1 when the kind is unknown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // the vmlinux row of the benchmarks: this is most of its loop
    public long SizeOf(uint info)
    {
        int kind = BtfInfo.Kind(info);
        int fixedSize = _fixed[kind];
        return fixedSize == Unknown ? -1 : CommonSize + fixedSize + (long)_element[kind] * BtfInfo.Length(info);
    }
}
