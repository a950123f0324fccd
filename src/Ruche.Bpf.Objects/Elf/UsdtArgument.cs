// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Numerics;

namespace Ruche.Bpf.Objects.Elf;

/// <summary>Where one argument of a static trace point is when the trace point is reached.</summary>
/// <param name="Text">What the compiler wrote.</param>
/// <param name="Kind">Where it is.</param>
/// <param name="Size">Its bytes: 1, 2, 4 or 8.</param>
/// <param name="IsSigned">Whether it is signed.</param>
/// <param name="Value">The number of a constant, the offset of memory.</param>
/// <param name="Register">The register's place in <c>struct pt_regs</c>, in bytes.</param>
/// <param name="Index">The second register's place there.</param>
/// <param name="ScaleShift">How far the second register's content is shifted left.</param>
public sealed record UsdtArgument(
    string Text, UsdtArgumentKind Kind, int Size, bool IsSigned, long Value, int Register, int Index, int ScaleShift)
{
    /// <summary>Reads one argument of a note: <c>-4@%edi</c>, <c>8@-16(%rbp)</c>, <c>4@$7</c>, <c>8@(%rax,%rbx,4)</c>; <c>4@[sp, 8]</c> on arm64.</summary>
    public static UsdtArgument Parse(string text, ElfMachine machine)
    {
        ArgumentNullException.ThrowIfNull(text);
        UsdtArgument unknown = new(text, UsdtArgumentKind.Unknown, 8, false, 0, 0, 0, 0);
        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || !TryNumber(text.AsSpan(0, at), out long width) || Math.Abs(width) is not (1 or 2 or 4 or 8)) return unknown;
        var sized = unknown with { Size = (int)Math.Abs(width), IsSigned = width < 0 };
        string place = text[(at + 1)..].Trim();
        return machine switch
        {
            ElfMachine.X64 => OnX64(sized, place),
            ElfMachine.Arm64 => OnArm64(sized, place),
            _ => sized,
        };
    }

    /// <summary>Splits a note's arguments, which blanks separate; blanks in brackets do not.</summary>
    internal static IEnumerable<string> Split(string text)
    {
        int start = 0, depth = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is '[' or '(') depth++;
            else if (i < text.Length && text[i] is ']' or ')') depth--;
            if (i < text.Length && (text[i] != ' ' || depth > 0)) continue;
            if (i > start) yield return text[start..i];
            start = i + 1;
        }
    }

    private static UsdtArgument OnX64(UsdtArgument sized, string place)
    {
        if (place.StartsWith('$'))
            return TryNumber(place.AsSpan(1), out long number) ? sized with { Kind = UsdtArgumentKind.Constant, Value = number } : sized;
        if (place.StartsWith('%'))
            return UsdtRegisters.TryX64(place.AsSpan(1), out int register) ? sized with { Kind = UsdtArgumentKind.Register, Register = register } : sized;

        int open = place.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !place.EndsWith(')')) return sized;
        long offset = 0;
        if (open > 0 && !TryNumber(place.AsSpan(0, open), out offset)) return sized;
        string[] parts = place[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
        if (!TryX64Register(parts[0], out int first)) return sized;
        var memory = sized with { Kind = UsdtArgumentKind.Memory, Value = offset, Register = first };
        if (parts.Length == 1) return memory;

        long scale = 1;
        if (parts.Length > 3 || !TryX64Register(parts[1], out int second)) return sized;
        if (parts.Length == 3 && (!TryNumber(parts[2], out scale) || scale is not (1 or 2 or 4 or 8))) return sized;
        return memory with { Kind = UsdtArgumentKind.IndexedMemory, Index = second, ScaleShift = BitOperations.TrailingZeroCount(scale) };
    }

    private static UsdtArgument OnArm64(UsdtArgument sized, string place)
    {
        if (TryNumber(place, out long number)) return sized with { Kind = UsdtArgumentKind.Constant, Value = number };
        if (UsdtRegisters.TryArm64(place, out int register)) return sized with { Kind = UsdtArgumentKind.Register, Register = register };
        if (!place.StartsWith('[') || !place.EndsWith(']')) return sized;
        string[] parts = place[1..^1].Split(',', StringSplitOptions.TrimEntries);
        long offset = 0;
        if (parts.Length > 2 || !UsdtRegisters.TryArm64(parts[0], out register)) return sized;
        if (parts.Length == 2 && !TryNumber(parts[1].AsSpan().TrimStart('#'), out offset)) return sized;
        return sized with { Kind = UsdtArgumentKind.Memory, Value = offset, Register = register };
    }

    private static bool TryX64Register(string text, out int register)
    {
        register = 0;
        return text.StartsWith('%') && UsdtRegisters.TryX64(text.AsSpan(1), out register);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number)
    {
        bool isNegative = text.StartsWith('-');
        var digits = isNegative ? text[1..] : text;
        if (digits.StartsWith("0x", StringComparison.Ordinal))
        {
            bool isHex = ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits);
            number = isNegative ? -(long)bits : (long)bits;
            return isHex;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)) return true;
        bool isLarge = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong large);
        number = (long)large;
        return isLarge;
    }
}
