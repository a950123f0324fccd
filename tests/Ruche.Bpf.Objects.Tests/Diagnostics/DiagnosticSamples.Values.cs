// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Expansion;
using Ruche.Trace.Preamble;
using Ruche.Trace.Probes;
using Ruche.Trace.Recording;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

internal static partial class DiagnosticSamples
{
    private static IEnumerable<DiagnosticSample> Values()
    {
        yield return Bound(TraceDiagnostics.UnknownName, "a misspelt builtin", "begin { print(nsec); }");
        yield return Bound(TraceDiagnostics.UnknownVariable, "a variable that is read first", "begin { print($bees); }");
        yield return Bound(TraceDiagnostics.UnknownMap, "a map that is only printed", "begin { print(@bees); }");
        yield return Bound(TraceDiagnostics.UnknownType, "a cast to a type that there is not", "begin { $x = (int24)1; }");
        yield return Bound(TraceDiagnostics.NoSuchField, "the third part of a pair", "begin { $x = (1, 2); print($x.2); }");
        yield return Bound(TraceDiagnostics.TypeMismatch, "a map given a number and text", "begin { @bees = 1; @bees = \"many\"; }");
        yield return Bound(TraceDiagnostics.NoValue, "the value of a function without one", "begin { $x = printf(\"bees\\n\"); }");
        yield return Bound(TraceDiagnostics.ArgumentCount, "a sum of nothing", "begin { @bees = sum(); }");
        yield return Bound(TraceDiagnostics.BadArgument, "a format that is not written out", "begin { $x = \"bees\"; printf($x); }");
        yield return Bound(TraceDiagnostics.NotInThisProbe, "what a probe returns that returns nothing", "begin { print(retval); }");
        yield return Bound(TraceDiagnostics.Unsafe, "a command that is not allowed", "begin { system(\"reboot\"); }");
        yield return Bound(TraceDiagnostics.NotSupported, "a value that a probe returns", "begin { return 1; }");
        yield return Bound(TraceDiagnostics.BadDirective, "a condition that stays open", "#ifdef BEES\nbegin { print(1); }");
        yield return Bound(TraceDiagnostics.BadCType, "a member of a type that there is not", "struct hive { struct bees inside; };\nbegin { print(1); }");
        yield return Bound(TraceDiagnostics.NoEffect, "a number that nobody takes", "begin { 42; }");
        yield return Bound(TraceDiagnostics.Recursion, "a macro that calls itself", "macro bees(n) { bees(n + 1) } begin { print(bees(1)); }");
        yield return Bound(TraceDiagnostics.BadImport, "an object file", "import \"hive.o\"\nbegin { print(1); }");
        yield return Bound(TraceDiagnostics.NotKnown, "a process, of which there is one only later", "begin { if comptime (pid == 1) { print(1); } }");
        yield return Bound(TraceDiagnostics.RefusesItself, "an assertion that does not hold", "begin { static_assert(sizeof(int32) == 5, \"bees need five bytes\"); print(1); }");
        yield return new(TraceDiagnostics.BadRecording, "a text file", () => Assert.Throws<InvalidObjectException>(() => TraceRecording.Read(new MemoryStream("bees"u8.ToArray()), "bees.recording")).Diagnostics[0]);
        yield return Bound(TraceDiagnostics.StrayPercent, "a percent sign alone", "begin { printf(\"100% \"); }");
        yield return Bound(TraceDiagnostics.UnsupportedConversion, "a fraction", "begin { printf(\"%f\", 1); }");
        yield return Bound(TraceDiagnostics.FormatArgumentCount, "a conversion without a value", "begin { printf(\"%d bees\"); }");
        yield return Bound(TraceDiagnostics.FormatArgumentType, "text where a number is shown", "begin { printf(\"%d\", \"bees\"); }");
    }

    private static DiagnosticSample Bound(string id, string input, string text) => new(id, input, () =>
    {
        DiagnosticBag diagnostics = new();
        SourceText source = new(text, "bees.bt");
        ScriptFiles files = new(new(), source.Name);
        var tree = MacroExpansion.Expand(new ImportReader(TraceScript.Parse(text, source.Name).Tree, source, files, diagnostics).Tree, source, diagnostics);
        var preamble = CPreamble.Read(tree, source, new TypeCatalog(() => null), new(), files, diagnostics);
        if (!diagnostics.HasErrors) Binder.Bind([(tree.Declarations.OfType<Declaration.Probe>().Single(), [new ProbeSite.Begin()])], tree.Declarations, source, preamble, new ScriptOptions(), diagnostics);
        return Assert.Single(diagnostics.Items);
    });
}
