// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

internal static partial class DiagnosticSamples
{
    private static IEnumerable<DiagnosticSample> Scripts()
    {
        yield return Script(TraceDiagnostics.Unexpected, "an assignment without a value", "BEGIN { $x = ; }");
        yield return Script(TraceDiagnostics.UnknownCharacter, "a character in single quotes", "BEGIN { $x = 'a'; }");
        yield return Script(TraceDiagnostics.UnterminatedString, "a string that does not end", "BEGIN { printf(\"bees); }");
        yield return Script(TraceDiagnostics.BadEscape, "a backslash before a q", "BEGIN { printf(\"\\q\"); }");
        yield return Script(TraceDiagnostics.BadNumber, "a fraction", "BEGIN { $x = 1.5; }");
        yield return Script(TraceDiagnostics.NumberTooLarge, "a number of twenty digits", "BEGIN { $x = 99999999999999999999; }");
        yield return Script(TraceDiagnostics.UnterminatedComment, "a comment that does not end", "BEGIN { } /* bees");
        yield return Script(TraceDiagnostics.Unclosed, "a probe without its last brace", "BEGIN { $x = 1;");
        yield return Script(TraceDiagnostics.NotAssignable, "a builtin that is incremented", "BEGIN { pid++; }");
        yield return Script(TraceDiagnostics.TooDeep, "a thousand signs in a row", $"BEGIN {{ $x = {new string('!', 1000)}1; }}");
        yield return Script(TraceDiagnostics.Misplaced, "a configuration after a probe", "BEGIN { } config = { max_strlen = 64 }");
        yield return Script(TraceDiagnostics.UnknownDirective, "a comment as the shell has them", "# bees\nBEGIN { }");
        yield return Script(TraceDiagnostics.UnknownProvider, "a misspelt provider", "kprob:vfs_read { }");
        yield return Script(TraceDiagnostics.PartCount, "a trace point without its subsystem", "tracepoint:sched_switch { }");
        yield return Script(TraceDiagnostics.EmptyPart, "a colon with nothing behind it", "kprobe: { }");
        yield return Place(TraceDiagnostics.NoSuchPlace, "a misspelt trace point", "tracepoint:sched:sched_swich { }");
        yield return Place(TraceDiagnostics.BadRate, "a unit that there is not", "interval:h:1 { }");
        yield return Place(TraceDiagnostics.UnsupportedProvider, "several iterators with one pin", "iter:task*:pin { }");
        yield return Place(TraceDiagnostics.UnknownEvent, "a misspelt event", "software:dumy:1 { }");
        yield return Place(TraceDiagnostics.BadCount, "a count that is no number", "software:cs:often { }");
        yield return Place(TraceDiagnostics.BadPlace, "a return with an offset", "kretprobe:vfs_read+4 { }");
        yield return Place(TraceDiagnostics.MissingParameter, "a script that is started without parameters", "interval:s:$1 { }");
        yield return Place(TraceDiagnostics.CannotListPlaces, "a pattern of trace points that the process may not read", "tracepoint:sched:* { }");
    }

    private static DiagnosticSample Place(string id, string input, string text) => new(id, input, () =>
    {
        DiagnosticBag diagnostics = new();
        SourceText source = new(text, "bees.bt");
        var probe = Assert.IsType<Declaration.Probe>(TraceScript.Parse(text, source.Name).Tree.Declarations.Single());
        ProbePlaces places = new(new TypeCatalog(() => null))
        {
            HasTracepoint = _ => false,
            FindTracepoints = () => id == TraceDiagnostics.CannotListPlaces
                ? throw new BpfException("list the trace points", Errno.EACCES, "it needs root, or CAP_DAC_READ_SEARCH")
                : [new("sched", "sched_switch")],
        };
        if (AttachPointReader.Read(probe.AttachPoints.Single(), source, diagnostics, []) is { } target) ProbeExpansion.Expand(target, source, diagnostics, places);
        return Assert.Single(diagnostics.Items);
    });

    private static DiagnosticSample Script(string id, string input, string text) => new(id, input, () =>
    {
        DiagnosticBag diagnostics = new();
        TraceScript.TryParse(text, "bees.bt", diagnostics, out _);
        return Assert.Single(diagnostics.Items);
    });
}
