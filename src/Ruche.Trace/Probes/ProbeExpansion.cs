// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using Ruche.Bpf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Parsing;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Probes;

/// <summary>Finds the places that an attach point means.</summary>
internal sealed partial class ProbeExpansion
{
    private readonly ProbeTarget _target;
    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly ProbePlaces _places;
    private readonly MissingProbes _missing;
    private readonly ImmutableArray<string> _parts;

    private ProbeExpansion(
        ProbeTarget target, SourceText source, DiagnosticBag diagnostics, ProbePlaces places, ImmutableArray<string> parts, MissingProbes missing)
    {
        _target = target;
        _source = source;
        _diagnostics = diagnostics;
        _places = places;
        _parts = parts;
        _missing = missing;
    }

    private string Provider => _target.Provider.Name;

    private bool IsReturn => Provider is "kretprobe" or "fexit" or "uretprobe";

    /// <summary>The places, in the order of their names when there are wildcards; none after an error, which is reported.</summary>
    public static ImmutableArray<ProbeSite> Expand(ProbeTarget target, SourceText source, DiagnosticBag diagnostics, ProbePlaces places, MissingProbes missing = MissingProbes.Error) =>
        new ProbeExpansion(target, source, diagnostics, places, [.. target.Parts.Select(p => p.Text)], missing).Expand();

    private static ulong? Number(string text) => text.Length > 0 && char.IsAsciiDigit(text[0]) ? NumberLiteral.Read(text).Value : null;

    private ImmutableArray<ProbeSite> Expand()
    {
        try
        {
            return Provider switch
            {
                "begin" => [new ProbeSite.Begin()],
                "end" => [new ProbeSite.End()],
                "test" or "bench" => [new ProbeSite.Test(Written, Provider == "bench")],
                "interval" or "profile" => Timed(),
                "software" or "hardware" => Counted(),
                "tracepoint" => Tracepoints(),
                "rawtracepoint" => RawTracepoints(),
                "kprobe" or "kretprobe" => KernelProbes(),
                "fentry" or "fexit" => KernelFunctions(),
                "uprobe" or "uretprobe" => UserProbes(),
                "self" => Signals(),
                "usdt" => StaticProbes(),
                "watchpoint" => Watchpoints(),
                "iter" => Iterators(),
                _ => throw new UnreachableException($"no case for '{Provider}'"),
            };
        }
        catch (BpfException e)
        {
            return Error(TraceDiagnostics.CannotListPlaces, $"cannot tell whether '{Written}' exists: {e.Message}");
        }
    }

    /// <summary>The attach point with the provider's full name.</summary>
    private string Written => _parts.IsEmpty ? Provider : $"{Provider}:{string.Join(':', _parts)}";

    private Location.Text Where(int part = -1) =>
        _source.Locate(part >= 0 ? _target.Parts[part].Span : _target.Parts[0].Span.To(_target.Parts[^1].Span));

    private ImmutableArray<ProbeSite> Error(string id, string message, params ReadOnlySpan<string> notes) => Error(id, -1, message, notes);

    private ImmutableArray<ProbeSite> Error(string id, int part, string message, params ReadOnlySpan<string> notes)
    {
        _diagnostics.Error(id, message, Where(part), notes);
        return [];
    }

    /// <summary>Reports what does not exist, with names that do, unless the script wants to go without it.</summary>
    private ImmutableArray<ProbeSite> Missing(string message, Func<string?>? note = null)
    {
        if (_missing is MissingProbes.Ignore) return [];
        string[] notes = note?.Invoke() is { } text ? [text] : [];
        if (_missing is MissingProbes.Warn) _diagnostics.Warning(TraceDiagnostics.NoSuchPlace, message, Where(), notes);
        else _diagnostics.Error(TraceDiagnostics.NoSuchPlace, message, Where(), notes);
        return [];
    }
}
