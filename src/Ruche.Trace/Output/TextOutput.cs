// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Output.Formats;
using Ruche.Trace.Output.Maps;
using Ruche.Trace.Output.Values;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output;

/// <summary>What a script prints, as text. What went wrong, and that programs are attached, goes to another stream.</summary>
internal sealed class TextOutput(Stream stream, Stream errors, PrintContext context) : TraceOutput(stream, context)
{
    private readonly OutputBuffer _errors = new();

    public override void AttachedProbes(int count) => Tell($"Attached {count} probe{(count == 1 ? "" : "s")}");

    public override void Printf(FormatString format, ReadOnlySpan<byte> record)
    {
        format.Append(Buffer, record, Context);
        Spill();
    }

    public override void Value(TraceType type, ReadOnlySpan<byte> value)
    {
        ValueWalk.Write(new TextForm(Buffer), type, value, Context);
        EndLine();
    }

    public override void Time(string format, long unixNanoseconds)
    {
        TimeText.Append(Buffer, format, unixNanoseconds, Context.LocalTime, hasFractions: false);
        Spill();
    }

    public override void Cat(ReadOnlySpan<byte> content)
    {
        Buffer.Append(content);
        Spill();
    }

    public override void Join(ReadOnlySpan<byte> text)
    {
        Buffer.Append(text);
        EndLine();
    }

    public override void CommandOutput(ReadOnlySpan<byte> text) => Join(text);

    public override void LostEvents(ulong count)
    {
        Buffer.Append("Lost "u8);
        Buffer.AppendDecimal(count);
        Buffer.Append(" events"u8);
        EndLine();
    }

    public override void Message(Severity severity, FormatString format, ReadOnlySpan<byte> record, Location.Text where)
    {
        AppendPlace(severity, where);
        format.Append(_errors, record, Context);
        if (!_errors.Written.EndsWith("\n"u8)) _errors.Append((byte)'\n');
    }

    public override void HelperError(string helper, int code, string message, Location.Text where)
    {
        AppendPlace(Severity.Warning, where);
        Tell($"{message}; {helper} returned {code}");
    }

    public override void RuntimeError(string message, Location.Text where)
    {
        AppendPlace(Severity.Warning, where);
        Tell(message);
    }

    public override void End() => Buffer.Append("\n\n"u8);

    public override void Flush()
    {
        base.Flush();
        _errors.FlushTo(errors);
        errors.Flush();
    }

    protected override void Map(MapShape shape, IReadOnlyList<MapEntry> rows, long divisor) => MapText.Append(Buffer, shape, rows, Context, divisor);

    private void AppendPlace(Severity severity, Location.Text where)
    {
        _errors.Append(where.ToString());
        _errors.Append(severity is Severity.Error ? ": ERROR: "u8 : ": WARNING: "u8);
    }

    private void Tell(string line)
    {
        _errors.Append(line);
        _errors.Append((byte)'\n');
    }

    private void EndLine()
    {
        Buffer.Append((byte)'\n');
        Spill();
    }
}
