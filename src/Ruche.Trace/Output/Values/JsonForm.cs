// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output.Values;

/// <summary>Values as JSON: enumerations and pointers are numbers, buffers arrays of signed bytes.</summary>
internal sealed class JsonForm(OutputBuffer buffer) : ValueForm(buffer)
{
    private int _textStart;

    public override void Null() => Buffer.Append("null"u8);

    public override void Signed(long value) => JsonText.AppendNumber(Buffer, value);

    public override void Unsigned(ulong value) => JsonText.AppendNumber(Buffer, value);

    public override void Enumeration(string? name, long value) => Signed(value);

    public override void Pointer(ulong value) => Unsigned(value);

    public override void Bytes(ReadOnlySpan<byte> bytes)
    {
        BeginArray();
        for (int i = 0; i < bytes.Length; i++)
        {
            Element(i);
            Buffer.AppendDecimal((sbyte)bytes[i]);
        }

        EndArray();
    }

    public override void BeginText()
    {
        Buffer.Append((byte)'"');
        _textStart = Buffer.Length;
    }

    public override void EndText()
    {
        JsonText.EscapeSince(Buffer, _textStart);
        Buffer.Append((byte)'"');
    }

    public override void BeginArray() => Buffer.Append((byte)'[');

    public override void Element(int index)
    {
        if (index > 0) Buffer.Append((byte)',');
    }

    public override void EndArray() => Buffer.Append((byte)']');

    public override void BeginTuple() => BeginArray();

    public override void Item(int index) => Element(index);

    public override void EndTuple() => EndArray();

    public override void BeginRecord() => Buffer.Append((byte)'{');

    public override void Field(int index, string name)
    {
        if (index > 0) Buffer.Append(", "u8);
        BeginText();
        Buffer.Append(name);
        EndText();
        Buffer.Append(": "u8);
    }

    public override void EndRecord(int count) => Buffer.Append((byte)'}');

    public override void Histogram(IReadOnlyList<HistogramBucket> buckets)
    {
        BeginArray();
        for (int i = 0; i < buckets.Count; i++)
        {
            Element(i);
            Buffer.Append((byte)'{');
            Bound("\"min\": "u8, buckets[i].Least);
            Bound("\"max\": "u8, buckets[i].Greatest);
            Buffer.Append("\"count\": "u8);
            Buffer.AppendDecimal(buckets[i].Count);
            Buffer.Append((byte)'}');
        }

        EndArray();
    }

    public override void Series(IReadOnlyList<SeriesPoint> points, PrintContext context)
    {
        BeginArray();
        int count = 0;
        foreach (var point in points)
        {
            if (point.Value is not { } value) continue;
            Element(count++);
            Buffer.Append("{\"interval_start\":\""u8);
            TimeText.Append(Buffer, "%Y-%m-%d %H:%M:%S.%k", point.Start, context.LocalTime, hasFractions: true);
            Buffer.Append("\",\"value\":"u8);
            Signed(value);
            Buffer.Append((byte)'}');
        }

        EndArray();
    }

    private void Bound(ReadOnlySpan<byte> name, long? value)
    {
        if (value is not { } number) return;
        Buffer.Append(name);
        Signed(number);
        Buffer.Append(", "u8);
    }
}
