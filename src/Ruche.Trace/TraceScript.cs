// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Parsing;
using Ruche.Trace.Printing;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;

namespace Ruche.Trace;

/// <summary>A script in the bpftrace language, read but not yet compiled. Immutable, so any thread may use it.</summary>
public sealed class TraceScript
{
    private TraceScript(Script tree, SourceText source)
    {
        Tree = tree;
        Source = source;
    }

    /// <summary>What diagnostics call the script: a file's name, or a word such as <c>stdin</c>.</summary>
    public string Name => Source.Name;

    /// <summary>The script as given.</summary>
    public string Text => Source.Text;

    /// <summary>The options that it has, in the order in which it asks for them, each with what it says of it somewhere.</summary>
    public IReadOnlyList<ScriptOption> Options => field ??= Collect();

    internal Script Tree { get; }

    internal SourceText Source { get; }

    /// <summary>Reads a script. The language is that of bpftrace 0.27, with the spellings of 0.17.</summary>
    /// <exception cref="InvalidObjectException">The script has errors; it carries all of them, up to 64.</exception>
    public static TraceScript Parse(string text, string name)
    {
        DiagnosticBag diagnostics = new();
        if (TryParse(text, name, diagnostics, out var script)) return script;
        throw new InvalidObjectException([.. diagnostics.Items]);
    }

    /// <summary>Reads a script; false when it has errors, which are reported, up to 64 of them.</summary>
    public static bool TryParse(string text, string name, DiagnosticBag diagnostics, [NotNullWhen(true)] out TraceScript? script)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(diagnostics);
        DiagnosticBag found = new();
        var read = Read(text, name, found);
        foreach (var diagnostic in found.Items) diagnostics.Report(diagnostic);
        script = found.HasErrors ? null : read;
        return script is not null;
    }

    /// <summary>The script in its canonical layout, comments included. Formatting the result again changes nothing.</summary>
    public string Format() => SyntaxPrinter.Print(Tree, Source);

    /// <summary>The syntax tree: a node a line with where it begins and ends, indented below its parent.</summary>
    public string DumpTree() => TreeDump.Of(Tree, Source);

    /// <summary>Reads a script, and keeps what can be read of it when it has errors. They are reported in the order of their places.</summary>
    internal static TraceScript Read(string text, string name, DiagnosticBag diagnostics)
    {
        SourceText source = new(text, name);
        DiagnosticBag found = new();
        var tree = Parser.Parse(source, found);
        foreach (var probe in tree.Declarations.OfType<Declaration.Probe>())
        {
            foreach (var attachPoint in probe.AttachPoints)
            {
                if (!AttachPointReader.HasParameters(attachPoint)) AttachPointReader.Read(attachPoint, source, found, []);
            }
        }

        if (found.Items.Count > 0) Hand(found, diagnostics);
        return new(tree, source);
    }

    private List<ScriptOption> Collect()
    {
        List<ScriptOption> options = [];
        foreach (var option in OptionsIn(Tree, Source))
        {
            int known = options.FindIndex(o => o.Name == option.Name);
            if (known < 0) options.Add(option);
            else if (options[known].Description.Length == 0) options[known] = option;
        }

        return options;
    }

    private static IEnumerable<ScriptOption> OptionsIn(SyntaxNode node, SourceText source)
    {
        if (node is Expression.Call { Name: "getopt", Arguments: [Expression.String name, var otherwise, .. var rest] })
            return [new(TextOf(name), source.Slice(otherwise.Span).ToString(), otherwise is Expression.Boolean, rest is [Expression.String description, ..] ? TextOf(description) : "")];
        return SyntaxChildren.Of(node).SelectMany(child => OptionsIn(child, source));
    }

    private static string TextOf(Expression.String text) => Encoding.UTF8.GetString(text.Bytes.AsSpan());

    private static void Hand(DiagnosticBag found, DiagnosticBag diagnostics)
    {
        int errors = 0;
        foreach (var diagnostic in found.Items.OrderBy(PlaceOf))
        {
            if (diagnostic.Severity is not Severity.Error || errors++ < Parser.MostErrors) diagnostics.Report(diagnostic);
        }
    }

    private static (int Line, int Column) PlaceOf(Diagnostic diagnostic) =>
        diagnostic.Where is Location.Text where ? (where.Line, where.Column) : default;
}
