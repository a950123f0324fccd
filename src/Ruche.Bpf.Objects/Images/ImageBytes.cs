// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Images;

/// <summary>
/// The bytes of a file: in memory, or read part by part by whoever derives from this, for files that are too large to hold when only
/// their tables are wanted. Parts that were handed out must not change.
/// </summary>
public abstract class ImageBytes
{
    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>Bytes that are all in memory.</summary>
    public static ImageBytes Of(ReadOnlyMemory<byte> bytes) => new MemoryBytes(bytes);

    /// <summary>Some of the bytes; the range lies within them.</summary>
    public abstract ReadOnlyMemory<byte> Part(long offset, int length);

    /// <summary>A part whose bounds an untrusted header has named.</summary>
    /// <exception cref="Diagnostics.InvalidObjectException">It does not lie within the bytes.</exception>
    internal ReadOnlySpan<byte> Slice(ulong offset, ulong length, ImageSource source)
    {
        if (offset > (ulong)Length) source.ThrowTruncated(0, 0, (long)Math.Min(offset, long.MaxValue));
        ulong left = Math.Min((ulong)Length - offset, int.MaxValue);
        if (length > left) source.ThrowTruncated((long)Math.Min(length, long.MaxValue), (long)left, (long)offset);
        return Part((long)offset, (int)length).Span;
    }
}
