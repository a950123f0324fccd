// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output.Values;

/// <summary>Text that ends with a zero; without one it was cut off, which is shown.</summary>
internal static class TextValue
{
    public static void Append(OutputBuffer buffer, ReadOnlySpan<byte> value, PrintContext context)
    {
        int end = value.IndexOf((byte)0);
        buffer.Append(end < 0 ? value : value[..end]);
        if (end < 0) buffer.Append(context.TruncationTrailer);
    }
}
