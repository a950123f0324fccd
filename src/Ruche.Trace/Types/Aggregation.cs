// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>How a map sums up the values given to it. Every CPU has its own part. The set is closed.</summary>
internal abstract record Aggregation
{
    private Aggregation()
    {
    }

    /// <summary>How many there were. One word.</summary>
    public sealed record Count : Aggregation;

    /// <summary>Their sum. One word.</summary>
    public sealed record Sum(bool IsSigned) : Aggregation;

    /// <summary>The least. Two words: the value, and 1 once there is one.</summary>
    public sealed record Minimum(bool IsSigned) : Aggregation;

    /// <summary>The greatest. Two words: the value, and 1 once there is one.</summary>
    public sealed record Maximum(bool IsSigned) : Aggregation;

    /// <summary>Their average. Two words: the sum, and how many there were.</summary>
    public sealed record Average(bool IsSigned) : Aggregation;

    /// <summary>Count, average and sum. Two words: the sum, and how many there were.</summary>
    public sealed record Statistics(bool IsSigned) : Aggregation;

    /// <summary>
    /// How many lie between powers of two; <paramref name="Bits"/> (0 to 5) says into how many parts (1 to 32) each power is divided.
    /// A word for each of the <see cref="LogBuckets"/>.
    /// </summary>
    public sealed record Log2(int Bits) : Aggregation;

    /// <summary>How many lie in each of equally wide intervals; a word for each, one for what is below and one for what is above. What does not fill
    /// an interval before the end counts as above.</summary>
    public sealed record Linear(long From, long To, long Step) : Aggregation;

    /// <summary>
    /// What came in each of the last <paramref name="Most"/> intervals of so many nanoseconds, which begin at multiples of that since 1970. Each
    /// interval has an entry, which a later one takes over, with three words: the interval's number, the value, and how many there were; of the
    /// last, when it came.
    /// </summary>
    public sealed record Series(long Interval, int Most, SeriesKind Kind, bool IsSigned) : Aggregation
    {
        /// <summary>How values of one interval are summed up, where not the last one counts.</summary>
        public Aggregation PerInterval => Kind switch
        {
            SeriesKind.Minimum => new Minimum(IsSigned),
            SeriesKind.Maximum => new Maximum(IsSigned),
            _ => new Average(IsSigned),
        };
    }

    /// <summary>How many words a value takes; of histograms, when it is not divided among entries.</summary>
    public int Words => this switch
    {
        Count or Sum => 1,
        Minimum or Maximum or Average or Statistics => 2,
        Log2 x => LogBuckets.Count(x.Bits),
        Series => 3,
        Linear x => checked((int)((x.To - x.From) / x.Step)) + 2,
        _ => throw new System.Diagnostics.UnreachableException($"no case for {GetType().Name}"),
    };

    /// <summary>Whether each bucket counts apart.</summary>
    public bool IsHistogram => this is Log2 or Linear;

    /// <summary>Whether it is more than a number: parts that are shown one by one.</summary>
    public bool HasParts => IsHistogram || this is Series;
}
