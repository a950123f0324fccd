// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Text of at most 256 bytes; a zero ends it.</summary>
[InlineArray(256)]
public struct Text256
{
    private byte _first;

    /// <summary>How many bytes stand before the zero.</summary>
    public readonly int Length
    {
        get
        {
            int length = 0;
            while (length < 256 && this[length] != 0) length++;
            return length;
        }
    }

    /// <summary>All its bytes, to be filled.</summary>
    [UnscopedRef]
    public Span<byte> AsSpan() => this;

    /// <summary>Whether it is the same as a literal <c>"…"u8</c>, of at most 255 bytes.</summary>
    public readonly bool Is(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (this[i] != text[i]) return false;
        }

        return this[text.Length] == 0;
    }

    /// <summary>Whether it begins as a literal <c>"…"u8</c> of at most 256 bytes.</summary>
    public readonly bool StartsWith(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (this[i] != text[i]) return false;
        }

        return true;
    }
}
