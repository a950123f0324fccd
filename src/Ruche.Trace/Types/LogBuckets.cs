// SPDX-License-Identifier: MIT
using System.Numerics;

namespace Ruche.Trace.Types;

/// <summary>
/// The buckets of a logarithmic histogram. Bucket 0 counts the negative values. With <c>n</c> bits, values below <c>2^n</c> have a bucket each,
/// from bucket 1 on; every further power of two has <c>2^n</c> buckets.
/// </summary>
internal static class LogBuckets
{
    /// <summary>How many buckets there are for numbers up to 2^63 - 1.</summary>
    public static int Count(int bits) => 1 + ((64 - bits) << bits);

    /// <summary>Which bucket a value counts in. What programs compute in the kernel is held against this.</summary>
    public static int Of(long value, int bits)
    {
        if (value < 0) return 0;
        if (value < 1L << bits) return 1 + (int)value;
        int power = BitOperations.Log2((ulong)value);
        return 1 + ((power - bits + 1) << bits) + (int)((value >> (power - bits)) & ((1L << bits) - 1));
    }

    /// <summary>The least value of a bucket, from bucket 1 on; that of the bucket behind the last is 2^63, as an unsigned number.</summary>
    public static ulong Start(int bucket, int bits)
    {
        int position = bucket - 1;
        if (position < 1 << bits) return (ulong)position;
        int power = (position >> bits) + bits - 1;
        return (1UL << power) + ((ulong)(position & ((1 << bits) - 1)) << (power - bits));
    }
}
