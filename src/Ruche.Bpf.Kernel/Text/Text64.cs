// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Text of at most 64 bytes; a zero ends it.</summary>
[InlineArray(64)]
public unsafe struct Text64
{
    [BtfName("char")]
    private byte _first;

    /// <summary>How many bytes stand before the zero.</summary>
    public readonly int Length
    {
        get
        {
            fixed (byte* text = &_first)
            {
                int length = 0;
                while (length < 64 && text[length] != 0) length++;
                return length;
            }
        }
    }

    /// <summary>All its bytes, to be filled.</summary>
    [UnscopedRef]
    public Span<byte> AsSpan()
    {
        // SAFETY: the text lives where it is: on the stack or in a map's value.
        fixed (byte* text = &_first) return new(text, 64);
    }

    /// <summary>Whether it is the same as a literal <c>"…"u8</c>, of at most 63 bytes.</summary>
    public readonly bool Is(ReadOnlySpan<byte> literal)
    {
        fixed (byte* text = &_first) return StartsWith(literal) && text[literal.Length] == 0;
    }

    /// <summary>Whether it begins as a literal <c>"…"u8</c> of at most 64 bytes does.</summary>
    public readonly bool StartsWith(ReadOnlySpan<byte> literal)
    {
        fixed (byte* text = &_first)
        {
            for (int i = 0; i < literal.Length; i++)
            {
                if (text[i] != literal[i]) return false;
            }
        }

        return true;
    }

    /// <summary>The text as a string, for user space.</summary>
    public readonly override string ToString()
    {
        fixed (byte* text = &_first) return System.Text.Encoding.UTF8.GetString(text, Length);
    }
}
