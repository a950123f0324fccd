// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Output.Formats;
using Ruche.Trace.Output.Maps;
using Ruche.Trace.Output.Values;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output;

/// <summary>What a script prints, as a JSON object a line, in the shapes of bpftrace.</summary>
internal sealed class JsonOutput(Stream stream, PrintContext context) : TraceOutput(stream, context)
{
    public override void AttachedProbes(int count) => Count("attached_probes"u8, "probes"u8, (ulong)count);

    public override void Pinned(string path) => Text("pinned"u8, System.Text.Encoding.UTF8.GetBytes(path));

    public override void Printf(FormatString format, ReadOnlySpan<byte> record)
    {
        Begin("printf"u8);
        AppendFormatted(format, record);
        EndLine();
    }

    public override void Value(TraceType type, ReadOnlySpan<byte> value)
    {
        Begin("value"u8);
        ValueWalk.Write(new JsonForm(Buffer), type, value, Context);
        EndLine();
    }

    public override void Time(string format, long unixNanoseconds)
    {
        Begin("time"u8);
        Buffer.Append((byte)'"');
        int start = Buffer.Length;
        TimeText.Append(Buffer, format, unixNanoseconds, Context.LocalTime, hasFractions: false);
        JsonText.EscapeSince(Buffer, start);
        Buffer.Append((byte)'"');
        EndLine();
    }

    public override void Cat(ReadOnlySpan<byte> content) => Text("cat"u8, content);

    public override void Join(ReadOnlySpan<byte> text) => Text("join"u8, text);

    public override void CommandOutput(ReadOnlySpan<byte> text) => Text("syscall"u8, text);

    public override void LostEvents(ulong count) => Count("lost_events"u8, "events"u8, count);

    public override void Message(Severity severity, FormatString format, ReadOnlySpan<byte> record, Location.Text where)
    {
        Type(severity is Severity.Error ? "errorf"u8 : "warnf"u8);
        Buffer.Append(", \"msg\": "u8);
        AppendFormatted(format, record);
        EndAt(where);
    }

    public override void HelperError(string helper, int code, string message, Location.Text where)
    {
        Type("helper_error"u8);
        Buffer.Append(", \"msg\": "u8);
        JsonText.AppendString(Buffer, message);
        Buffer.Append(", \"helper\": "u8);
        JsonText.AppendString(Buffer, helper);
        Buffer.Append(", \"retcode\": "u8);
        Buffer.AppendDecimal((long)code);
        EndAt(where);
    }

    public override void RuntimeError(string message, Location.Text where)
    {
        Type("runtime_error"u8);
        Buffer.Append(", \"msg\": "u8);
        JsonText.AppendString(Buffer, message);
        EndAt(where);
    }

    public override void BeginTests(int count)
    {
    }

    public override void BeginTest(string name)
    {
    }

    public override void EndTest(string name, bool isPassed, TimeSpan took)
    {
        BeginNamed("test_result"u8, name);
        Buffer.Append("{\"duration\": "u8);
        Buffer.AppendDecimal((long)took.TotalNanoseconds);
        Buffer.Append(isPassed ? ", \"passed\": true}}"u8 : ", \"passed\": false}}"u8);
        EndLine();
    }

    public override void EndTests(int count, IReadOnlyList<string> failed)
    {
    }

    public override void Benchmarks(IReadOnlyList<BenchmarkResult> results)
    {
        foreach (var result in results)
        {
            BeginNamed("benchmark_result"u8, result.Name);
            Buffer.Append("{\"average\": "u8);
            Buffer.AppendDecimal(result.Average);
            Buffer.Append(", \"iters\": "u8);
            Buffer.AppendDecimal(result.Rounds);
            Buffer.Append("}}"u8);
            EndLine();
        }
    }

    public override void End()
    {
    }

    protected override void Map(MapShape shape, IReadOnlyList<MapEntry> rows, long divisor)
    {
        Begin(MapJson.TypeOf(shape));
        Buffer.Append((byte)'{');
        JsonText.AppendString(Buffer, shape.Name);
        Buffer.Append(": "u8);
        MapJson.Append(Buffer, shape, rows, Context, divisor);
        Buffer.Append((byte)'}');
        EndLine();
    }

    private void AppendFormatted(FormatString format, ReadOnlySpan<byte> record)
    {
        Buffer.Append((byte)'"');
        int start = Buffer.Length;
        format.Append(Buffer, record, Context);
        JsonText.EscapeSince(Buffer, start);
        Buffer.Append((byte)'"');
    }

    private void Text(ReadOnlySpan<byte> type, ReadOnlySpan<byte> text)
    {
        Begin(type);
        JsonText.AppendString(Buffer, text);
        EndLine();
    }

    // The count stands twice: where bpftrace 0.17 had it, and where it is since.
    private void Count(ReadOnlySpan<byte> type, ReadOnlySpan<byte> what, ulong count)
    {
        Type(type);
        Buffer.Append(", \"count\": "u8);
        Buffer.AppendDecimal(count);
        Buffer.Append(", \"data\": {\""u8);
        Buffer.Append(what);
        Buffer.Append("\": "u8);
        Buffer.AppendDecimal(count);
        Buffer.Append((byte)'}');
        EndLine();
    }

    private void Type(ReadOnlySpan<byte> type)
    {
        Buffer.Append("{\"type\": \""u8);
        Buffer.Append(type);
        Buffer.Append((byte)'"');
    }

    private void Begin(ReadOnlySpan<byte> type)
    {
        Type(type);
        Buffer.Append(", \"data\": "u8);
    }

    private void BeginNamed(ReadOnlySpan<byte> type, string name)
    {
        Begin(type);
        Buffer.Append((byte)'{');
        JsonText.AppendString(Buffer, name);
        Buffer.Append(": "u8);
    }

    private void EndAt(Location.Text where)
    {
        Buffer.Append(", \"filename\": "u8);
        JsonText.AppendString(Buffer, where.File);
        Buffer.Append(", \"line\": "u8);
        Buffer.AppendDecimal((long)where.Line);
        Buffer.Append(", \"col\": "u8);
        Buffer.AppendDecimal((long)where.Column);
        EndLine();
    }

    private void EndLine()
    {
        Buffer.Append("}\n"u8);
        Spill();
    }
}
