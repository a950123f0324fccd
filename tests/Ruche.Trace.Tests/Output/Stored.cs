// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Output;

/// <summary>Lays values out as programs do: numbers and addresses from numbers, text from strings, tuples and arrays from arrays.</summary>
internal static class Stored
{
    /// <summary>The arguments of a printf.</summary>
    public static byte[] Record(IReadOnlyList<TraceType> types, params object[] values) => Value(new TraceType.Tuple([.. types]), values);

    public static byte[] Value(TraceType type, object value)
    {
        byte[] bytes = new byte[ValueLayout.SizeOf(type)];
        Write(type, value, bytes);
        return bytes;
    }

    /// <summary>The words of an aggregate, one CPU's behind the other's.</summary>
    public static byte[] Words(params IEnumerable<long> words) => [.. words.SelectMany(BitConverter.GetBytes)];

    private static void Write(TraceType type, object value, Span<byte> place)
    {
        switch (type, value)
        {
            case (TraceType.Tuple tuple, object[] items):
                int[] offsets = ValueLayout.OffsetsOf(tuple);
                for (int i = 0; i < items.Length; i++) Write(tuple.Elements[i], items[i], place[offsets[i]..]);
                break;
            case (TraceType.Array array, object[] items):
                for (int i = 0; i < items.Length; i++) Write(array.Element, items[i], place[(i * ValueLayout.SizeOf(array.Element))..]);
                break;
            case (TraceType.Buffer, string text):
                BinaryPrimitives.WriteInt32LittleEndian(place, text.Length);
                Encoding.Latin1.GetBytes(text, place[sizeof(int)..]);
                break;
            case (_, string text):
                Encoding.UTF8.GetBytes(text, place);
                break;
            case (_, byte[] bytes):
                bytes.CopyTo(place);
                break;
            case (_, ulong number):
                Number((long)number, place[..Math.Min(place.Length, ValueLayout.SizeOf(type))]);
                break;
            default:
                Number(Convert.ToInt64(value, CultureInfo.InvariantCulture), place[..Math.Min(sizeof(long), ValueLayout.SizeOf(type))]);
                break;
        }
    }

    private static void Number(long value, Span<byte> place)
    {
        Span<byte> word = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(word, value);
        word[..Math.Min(sizeof(long), place.Length)].CopyTo(place);
    }
}
