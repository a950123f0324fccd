// SPDX-License-Identifier: MIT
using System.Numerics;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>
/// The constants that logical instructions have room for: an element of 2 to 64 bits, repeated, that is one row of ones, rotated. Neither
/// zero nor all ones is among them.
/// </summary>
internal static class LogicalImmediate
{
    private const int ShortestElement = 2;

    /// <summary>The three fields of the instruction that stand for a constant, where they are in it.</summary>
    public static bool TryEncode(ulong value, bool wide, out uint fields)
    {
        fields = 0;
        if (!wide) value = (uint)value | (value << 32);
        if (value is 0 or ulong.MaxValue) return false;

        int size = 64;
        while (size > ShortestElement && BitOperations.RotateRight(value, size / 2) == value) size /= 2;
        ulong mask = ulong.MaxValue >> (64 - size);
        ulong element = value & mask;
        // A row that has the lowest bit may begin at the top.
        int start = BitOperations.TrailingZeroCount(element);
        if (start == 0) start = (size - BitOperations.LeadingZeroCount(~(element << (64 - size)))) % size;
        int ones = BitOperations.PopCount(element);
        ulong row = ((element >> start) | (element << (size - start))) & mask;
        if (row != (1ul << ones) - 1) return false;

        uint rotation = (uint)(size - start) & (uint)(size - 1);
        uint length = ((uint)-(2 * size) & 0x3f) | (uint)(ones - 1);
        fields = ((size == 64 ? 1u : 0u) << 22) | (rotation << 16) | (length << 10);
        return true;
    }
}
