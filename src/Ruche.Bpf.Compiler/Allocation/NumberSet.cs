// SPDX-License-Identifier: MIT
using System.Numerics;

namespace Ruche.Bpf.Compiler.Allocation;

/// <summary>Numbers below a bound, one bit each: registers, or slots.</summary>
internal sealed class NumberSet(int bound)
{
    private const int WordBits = 64;

    private readonly ulong[] _words = new ulong[(bound + WordBits - 1) / WordBits];

    public int Count { get; private set; }

    public bool Contains(int number) => (_words[number / WordBits] & Bit(number)) != 0;

    public void Add(int number)
    {
        if (Contains(number)) return;
        _words[number / WordBits] |= Bit(number);
        Count++;
    }

    public void Remove(int number)
    {
        if (!Contains(number)) return;
        _words[number / WordBits] &= ~Bit(number);
        Count--;
    }

    public void Clear()
    {
        Array.Clear(_words);
        Count = 0;
    }

    /// <summary>The lowest; there must be one.</summary>
    public int First()
    {
        int word = Array.FindIndex(_words, w => w != 0);
        return word * WordBits + BitOperations.TrailingZeroCount(_words[word]);
    }

    public void UnionWith(NumberSet other)
    {
        Count = 0;
        for (int i = 0; i < _words.Length; i++)
        {
            _words[i] |= other._words[i];
            Count += BitOperations.PopCount(_words[i]);
        }
    }

    /// <summary>Goes through the numbers, from the lowest; what is added or removed meanwhile may be missed.</summary>
    public Enumerator GetEnumerator() => new(_words);

    private static ulong Bit(int number) => 1UL << number;

    public struct Enumerator(ulong[] words)
    {
        private ulong _left = words.Length > 0 ? words[0] : 0;
        private int _word;

        public int Current { get; private set; }

        public bool MoveNext()
        {
            while (_left == 0)
            {
                if (_word + 1 >= words.Length) return false;
                _left = words[++_word];
            }

            Current = _word * WordBits + BitOperations.TrailingZeroCount(_left);
            _left &= _left - 1;
            return true;
        }
    }
}
