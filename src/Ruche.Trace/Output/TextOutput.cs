// SPDX-License-Identifier: MIT
using System.Globalization;
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

    public override void Pinned(string path) => Line($"Program pinned to {path}");

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

    public override void BeginTests(int count) => Line($"[==========] Running {Counted(count)}.");

    public override void BeginTest(string name) => Line($"[ RUN      ] {name}");

    public override void EndTest(string name, bool isPassed, TimeSpan took) => Line($"[ {(isPassed ? "      OK" : " FAILED ")} ] {name} ({took.TotalMicroseconds:F0} μs)");

    public override void EndTests(int count, IReadOnlyList<string> failed)
    {
        Line($"[==========] {Counted(count)} ran.");
        if (count > failed.Count) Line($"[  PASSED  ] {Counted(count - failed.Count)}.");
        if (failed.Count == 0) return;
        Line($"[  FAILED  ] {Counted(failed.Count)}, listed below:");
        foreach (string name in failed) Line($"[  FAILED  ] {name}");
    }

    public override void Benchmarks(IReadOnlyList<BenchmarkResult> results)
    {
        Line($"{"Benchmark",-41}{"Time(ns)",-17}Iterations");
        Line($"{new string('-', 66)}");
        foreach (var result in results) Line($"{result.Name,-41}{result.Average,-17}{result.Rounds}");
    }

    public override void End() => Buffer.Append("\n\n"u8);

    public override void Flush()
    {
        base.Flush();
        _errors.FlushTo(errors);
        errors.Flush();
    }

    protected override void Map(MapShape shape, IReadOnlyList<MapEntry> rows, long divisor) => MapText.Append(Buffer, shape, rows, Context, divisor);

    private static string Counted(int tests) => string.Create(CultureInfo.InvariantCulture, $"{tests} test{(tests == 1 ? "" : "s")}");

    private void Line(FormattableString line)
    {
        Buffer.Append(FormattableString.Invariant(line));
        EndLine();
    }

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
