// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Maps;

/// <summary>Puts series together of what each CPU keeps of each interval.</summary>
internal static class SeriesRows
{
    private const int Word = sizeof(long);

    /// <summary>
    /// Entries are what each CPU has of one interval of one key. What they come to is an entry for each key, with two words for each interval in
    /// which something came, in their order: its number and its value.
    /// </summary>
    public static IReadOnlyList<MapEntry> Merge(Aggregation.Series series, IReadOnlyList<MapEntry> entries)
    {
        Dictionary<byte[], Dictionary<long, long[]>> intervals = new(KeyEquality.Instance);
        foreach (var entry in entries)
        {
            byte[] key = entry.Key[..^Word];
            if (!intervals.TryGetValue(key, out var known)) intervals.Add(key, known = []);
            for (int at = 0; at < entry.Value.Length; at += 3 * Word)
            {
                long[] part = [Number(entry.Value, at), Number(entry.Value, at + Word), Number(entry.Value, at + (2 * Word))];
                if (part[2] == 0) continue;
                if (known.TryGetValue(part[0], out long[]? whole)) Add(series, whole, part);
                else known.Add(part[0], part);
            }
        }

        return [.. intervals.Select(i => new MapEntry(i.Key, WordsOf(series, [.. i.Value.Values])))];
    }

    private static void Add(Aggregation.Series series, long[] whole, long[] part)
    {
        switch (series.Kind)
        {
            case SeriesKind.Last:
                if (part[2] > whole[2]) part.CopyTo(whole, 0);
                break;
            case SeriesKind.Minimum or SeriesKind.Maximum:
                int order = series.IsSigned ? part[1].CompareTo(whole[1]) : ((ulong)part[1]).CompareTo((ulong)whole[1]);
                if (order < 0 == series.Kind is SeriesKind.Minimum) whole[1] = part[1];
                break;
            default:
                whole[1] += part[1];
                whole[2] += part[2];
                break;
        }
    }

    // An interval that is over may still have its entry, if nothing came later where it stands.
    private static byte[] WordsOf(Aggregation.Series series, long[][] intervals)
    {
        Array.Sort(intervals, (left, right) => left[0].CompareTo(right[0]));
        long oldest = intervals.Length == 0 ? 0 : intervals[^1][0] - series.Most;
        using MemoryStream words = new();
        foreach (long[] interval in intervals.Where(i => i[0] > oldest))
        {
            long value = series.Kind is not SeriesKind.Average ? interval[1] : series.IsSigned ? interval[1] / interval[2] : (long)((ulong)interval[1] / (ulong)interval[2]);
            words.Write(BitConverter.GetBytes(interval[0]));
            words.Write(BitConverter.GetBytes(value));
        }

        return words.ToArray();
    }

    private static long Number(ReadOnlySpan<byte> value, int at) => BinaryPrimitives.ReadInt64LittleEndian(value[at..]);
}
