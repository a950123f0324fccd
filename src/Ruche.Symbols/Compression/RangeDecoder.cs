// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Compression;

/// <summary>Reads bits whose likelihoods adapt, as LZMA codes them.</summary>
internal ref struct RangeDecoder
{
    /// <summary>Even odds: what every probability starts as.</summary>
    public const ushort Even = 1 << (ModelBits - 1);

    private const int ModelBits = 11;
    private const int MoveBits = 5;
    private const uint Top = 1 << 24;

    private readonly ReadOnlySpan<byte> _input;
    private int _position;
    private uint _range;
    private uint _code;

    /// <summary>Starts on the coded bytes of one chunk.</summary>
    public RangeDecoder(ReadOnlySpan<byte> input)
    {
        _input = input;
        _range = uint.MaxValue;
        _position = 1;
        for (int i = 0; i < 4; i++) _code = _code << 8 | Next();
    }

    public int Bit(ref ushort probability)
    {
        Normalize();
        uint bound = (_range >> ModelBits) * probability;
        if (_code < bound)
        {
            _range = bound;
            probability += (ushort)(((1 << ModelBits) - probability) >> MoveBits);
            return 0;
        }

        _range -= bound;
        _code -= bound;
        probability -= (ushort)(probability >> MoveBits);
        return 1;
    }

    /// <summary>A number of so many bits, the highest first, by a tree of probabilities.</summary>
    public int Tree(Span<ushort> probabilities, int bits)
    {
        int symbol = 1;
        for (int i = 0; i < bits; i++) symbol = symbol << 1 | Bit(ref probabilities[symbol]);
        return symbol - (1 << bits);
    }

    /// <summary>A number of so many bits, the lowest first.</summary>
    public int ReverseTree(Span<ushort> probabilities, int bits)
    {
        int symbol = 1;
        int value = 0;
        for (int i = 0; i < bits; i++)
        {
            int bit = Bit(ref probabilities[symbol]);
            symbol = symbol << 1 | bit;
            value |= bit << i;
        }

        return value;
    }

    /// <summary>Bits of even odds.</summary>
    public uint Direct(int bits)
    {
        uint value = 0;
        for (int i = 0; i < bits; i++)
        {
            Normalize();
            _range >>= 1;
            uint isLess = (_code - _range) >> 31;
            _code -= _range & (isLess - 1);
            value = value << 1 | (1 - isLess);
        }

        return value;
    }

    private void Normalize()
    {
        if (_range >= Top) return;
        _range <<= 8;
        _code = _code << 8 | Next();
    }

    private uint Next() => _position < _input.Length
        ? _input[_position++]
        : throw new InvalidDataException("the compressed data ends within a chunk");
}
