// SPDX-License-Identifier: MIT
using Ruche.Trace.Output.Values;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Maps;

/// <summary>The order of keys: numbers by value, text by bytes, tuples and arrays by their first elements that differ.</summary>
internal static class KeyOrder
{
    public static int Compare(TraceType type, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        switch (type)
        {
            case TraceType.Integer { IsSigned: true } or TraceType.Enumeration { Layout.IsSigned: true }:
                return StoredNumber.Of(type, left).CompareTo(StoredNumber.Of(type, right));
            case TraceType.Integer or TraceType.Enumeration or TraceType.Pointer or TraceType.Symbol:
                return ((ulong)StoredNumber.Of(type, left)).CompareTo((ulong)StoredNumber.Of(type, right));
            case TraceType.Tuple tuple:
                return CompareItems(tuple, left, right);
            case TraceType.Array array:
                return CompareItems(new([.. Enumerable.Repeat(array.Element, array.Count)]), left, right);
            default:
                return left.SequenceCompareTo(right);
        }
    }

    private static int CompareItems(TraceType.Tuple type, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int[] offsets = ValueLayout.OffsetsOf(type);
        for (int i = 0; i < offsets.Length; i++)
        {
            int size = ValueLayout.SizeOf(type.Elements[i]);
            int order = Compare(type.Elements[i], left.Slice(offsets[i], size), right.Slice(offsets[i], size));
            if (order != 0) return order;
        }

        return 0;
    }
}
