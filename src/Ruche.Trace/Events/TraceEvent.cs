// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Events;

/// <summary>
/// Something that programs tell whoever reads what they find: a record with the event's number, and values behind it as a tuple of
/// <see cref="Payload"/>. Each place of a script that tells something has an event of its own. The set is closed.
/// </summary>
internal abstract class TraceEvent
{
    private TraceEvent()
    {
    }

    /// <summary>The types of the values.</summary>
    public ImmutableArray<TraceType> Payload { get; init; } = [];

    /// <summary>Where the script tells it.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Whether readers must learn of it at once.</summary>
    public virtual bool IsUrgent => false;

    /// <summary>What becomes of text made by a format.</summary>
    internal enum Purpose
    {
        Print,
        ShowFile,
        RunCommand,
        Error,
        Warning,
        Debug,
    }

    /// <summary>Text is made of a format and the values: to print it, to show the file of that name, or to run it as a command.</summary>
    public sealed class Formatted(ImmutableArray<byte> format, SourceSpan formatSpan, Purpose use) : TraceEvent
    {
        public ImmutableArray<byte> Format { get; } = format;

        public SourceSpan FormatSpan { get; } = formatSpan;

        public Purpose Use { get; } = use;
    }

    /// <summary>One value is printed.</summary>
    public sealed class PrintValue : TraceEvent;

    /// <summary>A map is printed: its largest entries, and values divided; all and undivided when zero.</summary>
    public sealed class PrintMap(MapSymbol map, int top, long divisor) : TraceEvent
    {
        public MapSymbol Map { get; } = map;

        public int Top { get; } = top;

        public long Divisor { get; } = divisor;
    }

    /// <summary>All entries of a map are taken out.</summary>
    public sealed class ClearMap(MapSymbol map) : TraceEvent
    {
        public MapSymbol Map { get; } = map;
    }

    /// <summary>All values of a map become zero.</summary>
    public sealed class ZeroMap(MapSymbol map) : TraceEvent
    {
        public MapSymbol Map { get; } = map;
    }

    /// <summary>The time is printed by a format of strftime(3).</summary>
    public sealed class PrintTime(string format) : TraceEvent
    {
        public string Format { get; } = format;
    }

    /// <summary>The texts of a list of pointers, as many as follow, are printed with something between them.</summary>
    public sealed class Join(string separator) : TraceEvent
    {
        /// <summary>How many texts there are at most.</summary>
        public const int Most = 16;

        public string Separator { get; } = separator;
    }

    /// <summary>A packet is written to a file, without its first bytes. It comes by a buffer of its own, behind the event's number, the time and its length.</summary>
    public sealed class Packet(string file, int skipped) : TraceEvent
    {
        /// <summary>How many bytes stand before the packet.</summary>
        public const int Head = 3 * sizeof(ulong);

        public string File { get; } = file;

        public int Skipped { get; } = skipped;
    }

    /// <summary>A helper could not read memory. The value is what it returned.</summary>
    public sealed class FailedRead(HelperId helper) : TraceEvent
    {
        /// <summary>The helper.</summary>
        public HelperId Helper { get; } = helper;
    }

    /// <summary>Addresses of a process are kept for the first time: what names them is fetched while it lives.</summary>
    public sealed class ProcessSeen : TraceEvent
    {
        public override bool IsUrgent => true;
    }

    /// <summary>The script ends; the value, if there is one, is what the command yields.</summary>
    public sealed class Exit : TraceEvent
    {
        public override bool IsUrgent => true;
    }
}
