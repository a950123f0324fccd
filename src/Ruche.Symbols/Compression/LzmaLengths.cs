// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Compression;

/// <summary>The probabilities that lengths of matches are coded with.</summary>
internal sealed class LzmaLengths
{
    private const int PositionStates = 16;

    private readonly ushort[] _choices = new ushort[2];
    private readonly ushort[] _low = new ushort[PositionStates << 3];
    private readonly ushort[] _middle = new ushort[PositionStates << 3];
    private readonly ushort[] _high = new ushort[256];

    public void Reset()
    {
        foreach (ushort[] probabilities in (ReadOnlySpan<ushort[]>)[_choices, _low, _middle, _high]) probabilities.AsSpan().Fill(RangeDecoder.Even);
    }

    /// <summary>A length, less the two that every match has.</summary>
    public int Decode(ref RangeDecoder decoder, int positionState)
    {
        if (decoder.Bit(ref _choices[0]) == 0) return decoder.Tree(_low.AsSpan(positionState << 3, 8), 3);
        if (decoder.Bit(ref _choices[1]) == 0) return 8 + decoder.Tree(_middle.AsSpan(positionState << 3, 8), 3);
        return 16 + decoder.Tree(_high, 8);
    }
}
