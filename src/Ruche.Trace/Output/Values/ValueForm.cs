// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output.Values;

/// <summary>How values are written: as text, or as JSON. <see cref="ValueWalk"/> says what there is to write.</summary>
internal abstract class ValueForm(OutputBuffer buffer)
{
    public OutputBuffer Buffer { get; } = buffer;

    /// <summary>Whether blanks that only please the eye are left out.</summary>
    public virtual bool IsCompact => false;

    public abstract void Null();

    public abstract void Signed(long value);

    public abstract void Unsigned(ulong value);

    public abstract void Enumeration(string? name, long value);

    public abstract void Pointer(ulong value);

    public abstract void Bytes(ReadOnlySpan<byte> bytes);

    /// <summary>What is appended to the buffer up to <see cref="EndText"/> is text.</summary>
    public abstract void BeginText();

    public abstract void EndText();

    public abstract void BeginArray();

    /// <summary>Before each element of an array.</summary>
    public abstract void Element(int index);

    public abstract void EndArray();

    public abstract void BeginTuple();

    /// <summary>Before each element of a tuple.</summary>
    public abstract void Item(int index);

    public abstract void EndTuple();

    public abstract void BeginRecord();

    /// <summary>Before each field of a record.</summary>
    public abstract void Field(int index, string name);

    public abstract void EndRecord(int count);

    public abstract void Histogram(IReadOnlyList<HistogramBucket> buckets);

    public abstract void Series(IReadOnlyList<SeriesPoint> points, PrintContext context);

    public void Boolean(bool value) => Buffer.Append(value ? "true"u8 : "false"u8);
}
