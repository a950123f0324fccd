// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Compression;

/// <summary>
/// LZMA as the chunks of LZMA2 hold it, after the description in Igor Pavlov's public-domain LZMA specification. All output is kept, and is
/// the dictionary.
/// </summary>
internal sealed class LzmaDecoder(LzmaOutput output)
{
    private const int States = 12;
    private const int FirstStateAfterMatch = 7;
    private const int PositionStates = 16;
    private const int ShortestMatch = 2;
    private const int FirstModelledSlot = 4;
    private const int FirstDirectSlot = 14;

    private readonly ushort[] _isMatch = new ushort[States * PositionStates];
    private readonly ushort[] _isRepeated = new ushort[States];
    private readonly ushort[] _isNotFirst = new ushort[States];
    private readonly ushort[] _isNotSecond = new ushort[States];
    private readonly ushort[] _isNotThird = new ushort[States];
    private readonly ushort[] _isLong = new ushort[States * PositionStates];
    private readonly ushort[] _slots = new ushort[4 * 64];
    private readonly ushort[] _distances = new ushort[1 + 128 - FirstDirectSlot];
    private readonly ushort[] _alignment = new ushort[16];
    private readonly LzmaLengths _lengths = new();
    private readonly LzmaLengths _repeatedLengths = new();
    private ushort[] _literals = [];
    private int _literalContextBits;
    private int _literalPositionMask;
    private int _positionMask;
    private int _state;
    private uint _distance0, _distance1, _distance2, _distance3;

    /// <summary>Takes the byte that says how literals and positions choose their probabilities.</summary>
    public void SetProperties(byte properties)
    {
        int context = properties % 9;
        int position = properties / 9 % 5;
        int states = properties / 45;
        if (states > 4 || context + position > 4) throw new InvalidDataException("the compressed data has properties that are not allowed");
        _literalContextBits = context;
        _literalPositionMask = (1 << position) - 1;
        _positionMask = (1 << states) - 1;
        _literals = new ushort[0x300 << (context + position)];
    }

    public void ResetState()
    {
        if (_literals.Length == 0) throw new InvalidDataException("the compressed data has no properties");
        _state = 0;
        _distance0 = _distance1 = _distance2 = _distance3 = 0;
        foreach (ushort[] probabilities in (ReadOnlySpan<ushort[]>)
            [_isMatch, _isRepeated, _isNotFirst, _isNotSecond, _isNotThird, _isLong, _slots, _distances, _alignment, _literals])
            probabilities.AsSpan().Fill(RangeDecoder.Even);
        _lengths.Reset();
        _repeatedLengths.Reset();
    }

    /// <summary>Decodes a chunk that gives so many bytes.</summary>
    public void Decode(ReadOnlySpan<byte> input, int size)
    {
        if (_literals.Length == 0) throw new InvalidDataException("the compressed data has no properties");
        RangeDecoder decoder = new(input);
        int end = output.Length + size;
        while (output.Length < end)
        {
            int positionState = output.Position & _positionMask;
            if (decoder.Bit(ref _isMatch[_state * PositionStates + positionState]) == 0)
            {
                Literal(ref decoder);
                continue;
            }

            int length = decoder.Bit(ref _isRepeated[_state]) == 0
                ? NewMatch(ref decoder, positionState)
                : RepeatedMatch(ref decoder, positionState);
            if (length > end - output.Length) throw new InvalidDataException("a match reaches out of its chunk");
            output.Repeat(_distance0, length);
        }
    }

    private void Literal(ref RangeDecoder decoder)
    {
        int previous = output.Position > 0 ? output.Back(0) : 0;
        int context = ((output.Position & _literalPositionMask) << _literalContextBits) + (previous >> (8 - _literalContextBits));
        var probabilities = _literals.AsSpan(0x300 * context, 0x300);
        int symbol = 1;
        if (_state >= FirstStateAfterMatch)
        {
            // After a match the byte that would have continued it is a hint, until it is wrong.
            int hint = output.Back(_distance0);
            do
            {
                int hinted = hint >> 7 & 1;
                hint <<= 1;
                int bit = decoder.Bit(ref probabilities[((1 + hinted) << 8) + symbol]);
                symbol = symbol << 1 | bit;
                if (hinted != bit) break;
            }
            while (symbol < 0x100);
        }

        while (symbol < 0x100) symbol = symbol << 1 | decoder.Bit(ref probabilities[symbol]);
        output.Add((byte)symbol);
        _state = _state switch { < 4 => 0, < 10 => _state - 3, _ => _state - 6 };
    }

    private int NewMatch(ref RangeDecoder decoder, int positionState)
    {
        (_distance3, _distance2, _distance1) = (_distance2, _distance1, _distance0);
        int length = _lengths.Decode(ref decoder, positionState);
        _state = _state < FirstStateAfterMatch ? 7 : 10;
        int slot = decoder.Tree(_slots.AsSpan(Math.Min(length, 3) * 64, 64), 6);
        _distance0 = Distance(ref decoder, slot);
        return length + ShortestMatch;
    }

    private uint Distance(ref RangeDecoder decoder, int slot)
    {
        if (slot < FirstModelledSlot) return (uint)slot;
        int bits = (slot >> 1) - 1;
        uint start = (2 | (uint)slot & 1) << bits;
        if (slot < FirstDirectSlot) return start + (uint)decoder.ReverseTree(_distances.AsSpan((int)start - slot), bits);
        return start + (decoder.Direct(bits - 4) << 4) + (uint)decoder.ReverseTree(_alignment, 4);
    }

    private int RepeatedMatch(ref RangeDecoder decoder, int positionState)
    {
        if (decoder.Bit(ref _isNotFirst[_state]) == 0)
        {
            if (decoder.Bit(ref _isLong[_state * PositionStates + positionState]) == 0)
            {
                _state = _state < FirstStateAfterMatch ? 9 : 11;
                return 1;
            }
        }
        else
        {
            TakeEarlierDistance(ref decoder);
        }

        _state = _state < FirstStateAfterMatch ? 8 : 11;
        return _repeatedLengths.Decode(ref decoder, positionState) + ShortestMatch;
    }

    private void TakeEarlierDistance(ref RangeDecoder decoder)
    {
        uint distance;
        if (decoder.Bit(ref _isNotSecond[_state]) == 0)
        {
            distance = _distance1;
        }
        else
        {
            if (decoder.Bit(ref _isNotThird[_state]) == 0) distance = _distance2;
            else (distance, _distance3) = (_distance3, _distance2);
            _distance2 = _distance1;
        }

        (_distance1, _distance0) = (_distance0, distance);
    }
}
