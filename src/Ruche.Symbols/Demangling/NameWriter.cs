// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Ruche.Symbols.Demangling;

/// <summary>A name while it is put together. Mangled names refer back to their own parts: a short one can be made that stands for a very long
/// or very deep one, so both are limited.</summary>
internal sealed class NameWriter
{
    private const int Longest = 64 * 1024;

    private readonly StringBuilder _text = new();

    public int Length => _text.Length;

    /// <summary>The character that was added last, also if it was taken back since: so it is that c++filt decides where a space must stand.
    /// Zero when there is none.</summary>
    public char Last { get; private set; }

    public void Add(char character)
    {
        if (_text.Length >= Longest) Malformed();
        _text.Append(character);
        Last = character;
    }

    public void Add(ReadOnlySpan<char> text)
    {
        if (_text.Length + text.Length > Longest) Malformed();
        _text.Append(text);
        if (text.Length > 0) Last = text[^1];
    }

    /// <summary>Takes back what was added after a length.</summary>
    public void Cut(int length) => _text.Length = length;

    public override string ToString() => _text.ToString();

    /// <summary>Gives a name up.</summary>
    [DoesNotReturn]
    public static void Malformed() => throw new FormatException("the name is not mangled in a way that is known");
}
