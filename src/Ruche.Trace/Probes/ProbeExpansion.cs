// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
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

    /// <summary>
    /// The places, in the order of their names when there are wildcards; none after an error, which is reported. In parts outside quotes,
    /// <c>$1</c> stands for the first of the <paramref name="parameters"/>.
    /// </summary>
    public static ImmutableArray<ProbeSite> Expand(
        ProbeTarget target, SourceText source, DiagnosticBag diagnostics, ProbePlaces places, IReadOnlyList<string> parameters,
        MissingProbes missing = MissingProbes.Error)
    {
        var parts = ImmutableArray.CreateBuilder<string>(target.Parts.Length);
        foreach (var part in target.Parts)
        {
            if (WithParameters(part, parameters) is { } text)
            {
                parts.Add(text);
                continue;
            }

            diagnostics.Error(TraceDiagnostics.MissingParameter, $"'{part.Text}' needs a parameter that is not given", source.Locate(part.Span),
                parameters.Count == 0 ? "give parameters behind the script" : $"there are {parameters.Count}");
            return [];
        }

        return new ProbeExpansion(target, source, diagnostics, places, parts.DrainToImmutable(), missing).Expand();
    }

    private static string? WithParameters(AttachPointPart part, IReadOnlyList<string> parameters)
    {
        if (part.Spelling.Contains('"', StringComparison.Ordinal)) return part.Text;
        string text = part.Text;
        for (int at = text.IndexOf('$', StringComparison.Ordinal); at >= 0; at = at + 1 < text.Length ? text.IndexOf('$', at + 1) : -1)
        {
            int end = at + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
            if (!int.TryParse(text.AsSpan(at + 1, end - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number == 0) continue;
            if (number > parameters.Count) return null;
            string given = parameters[number - 1];
            text = text[..at] + given + text[end..];
            at += given.Length - 1;
        }

        return text;
    }

    private static ulong? Number(string text) => text.Length > 0 && char.IsAsciiDigit(text[0]) ? NumberLiteral.Read(text).Value : null;

    private ImmutableArray<ProbeSite> Expand()
    {
        try
        {
            return Provider switch
            {
                "begin" => [new ProbeSite.Begin()],
                "end" => [new ProbeSite.End()],
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
                _ => Error(TraceDiagnostics.UnsupportedProvider, $"probes of '{Provider}' cannot be attached yet"),
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
