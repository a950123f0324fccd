// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Events;
using Ruche.Trace.Lowering;
using Ruche.Trace.Output;
using Ruche.Trace.Output.Formats;
using Ruche.Trace.Recording;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Running;

/// <summary>Does what events ask for, in the order in which programs told them.</summary>
internal sealed class EventDispatcher : IRecordHandler, IDisposable
{
    private readonly ImmutableArray<TraceEvent> _events;
    private readonly FormatString?[] _formats;
    private readonly MapContents _maps;
    private readonly TraceOutput _output;
    private readonly SourceText _source;
    private readonly PacketFiles _packets = new();
    private readonly OutputBuffer _text = new();
    private readonly PrintContext _context;
    private readonly HostAnswers _answers;
    private readonly int _shownOfFiles;
    private bool _isEnding;

    public EventDispatcher(ScriptPlan plan, MapContents maps, TraceOutput output, PrintContext context, SourceText source, HostAnswers answers)
    {
        (_events, _maps, _output, _context, _source, _answers, _shownOfFiles) = (plan.Events, maps, output, context, source, answers, plan.Options.ShownOfFiles);
        _formats = [.. _events.Select(e => e is TraceEvent.Formatted x ? FormatString.Parse(x.Format.AsSpan(), x.Payload, []) : null)];
    }

    /// <summary>What the script yields once it has ended; null while it runs.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Called before an event is handled that reads or changes maps.</summary>
    public Action? BeforeMaps { get; set; }

    /// <summary>Takes events as if the script had not ended.</summary>
    public void Restart() => (ExitCode, _isEnding) = (null, false);

    /// <summary>Takes events again, after they were left alone because the script had ended.</summary>
    public void Resume() => _isEnding = false;

    public void Handle(int source, ReadOnlySpan<byte> record)
    {
        if (_isEnding) return;
        int number = (int)BinaryPrimitives.ReadUInt64LittleEndian(record);
        if ((uint)number >= (uint)_events.Length) return;
        var told = _events[number];
        var values = record[SharedState.EventHeader..];
        if (BeforeMaps is not null && TouchesMaps(told)) BeforeMaps();
        switch (told)
        {
            case TraceEvent.Formatted { Use: TraceEvent.Purpose.Print }: _output.Printf(_formats[number]!, values); break;
            case TraceEvent.Formatted x: Use(x, _formats[number]!, values); break;
            case TraceEvent.PrintValue: _output.Value(told.Payload[0], values[..ValueLayout.SizeOf(told.Payload[0])]); break;
            case TraceEvent.PrintMap x: PrintMap(x); break;
            case TraceEvent.ClearMap x: _maps.Clear(x.Map); break;
            case TraceEvent.ZeroMap x: _maps.Zero(x.Map); break;
            case TraceEvent.PrintTime x: _output.Time(x.Format, _context.WallClock(_answers.SinceBoot())); break;
            case TraceEvent.Join x: Join(x, values); break;
            case TraceEvent.Packet x: Keep(x, values); break;
            case TraceEvent.ProcessSeen: _context.Symbols.Keep((int)BinaryPrimitives.ReadInt64LittleEndian(values)); break;
            case TraceEvent.FailedRead x: TellFailure(x, (int)BinaryPrimitives.ReadInt64LittleEndian(values)); break;
            case TraceEvent.Exit:
                ExitCode ??= (int)BinaryPrimitives.ReadInt64LittleEndian(values);
                _isEnding = true;
                break;
            default: throw new UnreachableException($"no case for {told.GetType().Name}");
        }
    }

    /// <summary>Whether an event reads or changes maps, as they are when it is handled.</summary>
    public bool TouchesMaps(ReadOnlySpan<byte> record) => TouchesMaps(_events[(int)BinaryPrimitives.ReadUInt64LittleEndian(record)]);

    /// <inheritdoc/>
    public void Dispose() => _packets.Dispose();

    private static bool TouchesMaps(TraceEvent told) => told is TraceEvent.PrintMap or TraceEvent.ClearMap or TraceEvent.ZeroMap;

    private void TellFailure(TraceEvent.FailedRead told, int code) =>
        _output.HelperError(Name(told.Helper), code, Marshal.GetPInvokeErrorMessage(-code), _source.Locate(told.Span));

    // Without what all of them begin with.
    private static string Name(HelperId helper) => HelperNames.NameOf(helper) is { } name ? name["bpf_".Length..] : helper.ToString();

    private void Keep(TraceEvent.Packet told, ReadOnlySpan<byte> values)
    {
        long time = _context.WallClock(BinaryPrimitives.ReadUInt64LittleEndian(values));
        var packet = values.Slice(2 * sizeof(ulong), (int)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(values[sizeof(ulong)..]), (ulong)values.Length - (2 * sizeof(ulong))));
        if (packet.Length < told.Skipped) return;
        try
        {
            _packets.Write(told.File, time, packet[told.Skipped..]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _output.RuntimeError($"skboutput '{told.File}': {e.Message}", _source.Locate(told.Span));
        }
    }

    private void PrintMap(TraceEvent.PrintMap told)
    {
        var shape = _maps.ShapeOf(told.Map);
        var entries = _maps.Read(told.Map);
        if (entries.Count == 0 && shape.IsScalar) _output.UnsetMap(shape);
        else _output.Map(shape, entries, told.Top, told.Divisor);
    }

    private void Use(TraceEvent.Formatted told, FormatString format, ReadOnlySpan<byte> values)
    {
        if (told.Use is TraceEvent.Purpose.Error or TraceEvent.Purpose.Warning or TraceEvent.Purpose.Debug)
        {
            var severity = told.Use switch { TraceEvent.Purpose.Error => Severity.Error, TraceEvent.Purpose.Warning => Severity.Warning, _ => Severity.Info };
            _output.Message(severity, format, values, _source.Locate(told.Span));
            return;
        }

        _text.Clear();
        format.Append(_text, values, _context);
        if (told.Use is TraceEvent.Purpose.ShowFile) ShowFile(_text.ToString(), told.Span);
        else _output.CommandOutput(_answers.OutputOf(_text.ToString()));
    }

    private void ShowFile(string path, SourceSpan span)
    {
        try
        {
            _output.Cat(_answers.StartOf(path, _shownOfFiles));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _output.RuntimeError($"cat '{path}': {e.Message}", _source.Locate(span));
        }
    }

    private void Join(TraceEvent.Join told, ReadOnlySpan<byte> values)
    {
        int size = ValueLayout.SizeOf(told.Payload[0]) / TraceEvent.Join.Most;
        _text.Clear();
        for (int i = 0; i < TraceEvent.Join.Most; i++)
        {
            var text = values.Slice(i * size, size);
            int end = text.IndexOf((byte)0);
            if (end == 0) break;
            if (i > 0) _text.Append(Encoding.UTF8.GetBytes(told.Separator));
            _text.Append(end < 0 ? text : text[..end]);
        }

        _output.Join(_text.Written);
    }
}
