// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Output.Values;

/// <summary>Values as text; compact as keys of JSON objects, which bpftrace writes without blanks.</summary>
internal sealed class TextForm(OutputBuffer buffer, bool isCompact = false) : ValueForm(buffer)
{
    public override bool IsCompact { get; } = isCompact;

    public override void Null() => Buffer.Append("null"u8);

    public override void Signed(long value) => Buffer.AppendDecimal(value);

    public override void Unsigned(ulong value) => Buffer.AppendDecimal(value);

    public override void Enumeration(string? name, long value)
    {
        if (name is null) Buffer.AppendDecimal(value);
        else Buffer.Append(name);
    }

    public override void Pointer(ulong value)
    {
        Buffer.Append("0x"u8);
        Buffer.AppendHex(value);
    }

    public override void Bytes(ReadOnlySpan<byte> bytes) => EscapedText.AppendReadable(Buffer, bytes);

    public override void BeginText()
    {
    }

    public override void EndText()
    {
    }

    public override void BeginArray() => Buffer.Append((byte)'[');

    public override void Element(int index)
    {
        if (index > 0) Buffer.Append((byte)',');
    }

    public override void EndArray() => Buffer.Append((byte)']');

    public override void BeginTuple() => Buffer.Append((byte)'(');

    public override void Item(int index)
    {
        if (index > 0) Buffer.Append(IsCompact ? ","u8 : ", "u8);
    }

    public override void EndTuple() => Buffer.Append((byte)')');

    public override void BeginRecord() => Buffer.Append((byte)'{');

    public override void Field(int index, string name)
    {
        if (index > 0) Buffer.Append((byte)',');
        if (!IsCompact) Buffer.Append((byte)' ');
        Buffer.Append((byte)'.');
        Buffer.Append(name);
        Buffer.Append(IsCompact ? "="u8 : " = "u8);
    }

    public override void EndRecord(int count)
    {
        if (count > 0 && !IsCompact) Buffer.Append((byte)' ');
        Buffer.Append((byte)'}');
    }

    public override void Histogram(IReadOnlyList<HistogramBucket> buckets) => HistogramText.Append(Buffer, buckets);

    public override void Series(IReadOnlyList<SeriesPoint> points, PrintContext context) => SeriesText.Append(Buffer, points, context);
}
