// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Expansion;
using Ruche.Trace.Parsing;
using Ruche.Trace.Preamble;
using Ruche.Trace.Recording;
using Ruche.Trace.Running;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Language;

/// <summary>
/// A script that may have errors, as far as it is understood. Each step goes on with what the one before could make out; what is wrong is told of the first
/// steps that find something, because the rest may follow from that.
/// </summary>
internal sealed class ScriptAnalysis
{
    private readonly DiagnosticBag _found = new();

    private ScriptAnalysis(TraceScript script, ScriptOptions options)
    {
        (Tree, Source, Options) = (script.Tree, script.Source, options);
    }

    /// <summary>The script, with what it imports, as written.</summary>
    public Script Tree { get; private set; }

    /// <summary>The text of both.</summary>
    public SourceText Source { get; private set; }

    /// <summary>What the script is compiled with.</summary>
    public ScriptOptions Options { get; }

    /// <summary>What became of the parts of probes whose places there are.</summary>
    public BoundParts Parts { get; } = new();

    public IReadOnlyList<Diagnostic> Diagnostics => _found.Items;

    public static ScriptAnalysis Of(string text, string name, TraceWorkspace workspace)
    {
        DiagnosticBag read = new(), configured = new();
        var script = TraceScript.Read(text, name, read);
        ScriptAnalysis analysis = new(script, ScriptSettings.Of(script, workspace.Options, new(), configured));
        analysis.Tell(read);
        analysis.Tell(configured, isHeard: !read.HasErrors);
        analysis.Check(workspace, !read.HasErrors);
        return analysis;
    }

    private void Check(TraceWorkspace workspace, bool isRead)
    {
        DiagnosticBag said = new(), placed = new(), bound = new();
        HostAnswers answers = new();
        ScriptFiles files = new(answers, Source.Name);
        ImportReader imports = new(Tree, Source, files, said);
        if (SyntaxDepth.FindTooDeep(imports.Tree) is not null)
        {
            Tree = Tree with { Declarations = [] };
            return;
        }

        (Tree, Source) = (imports.Tree, imports.Source);
        try
        {
            var expanded = MacroExpansion.Expand(Tree, Source, said);
            var preamble = CPreamble.Read(expanded, Source, TypeCatalog.Running, workspace.Options, files, said);
            var probes = CompiledTrace.Expand(expanded, Source, workspace.Places, Options, answers, placed);
            if (SyntaxDepth.FindTooDeep(expanded) is null) Binder.Bind(probes, expanded.Declarations, Source, preamble, Options, bound, Parts);
        }
        catch (BpfException e)
        {
            placed.Error(TraceDiagnostics.CannotListPlaces, e.Message, Source.Locate(default));
        }

        Tell(said, isRead);
        Tell(placed, isRead);

        // Who gives a map its value may be a probe without places.
        foreach (var diagnostic in bound.Items.Where(d => !(placed.HasErrors && d.Id == TraceDiagnostics.UnknownMap)))
            Tell(diagnostic, isRead && !said.HasErrors);
    }

    private void Tell(DiagnosticBag bag, bool isHeard = true)
    {
        foreach (var diagnostic in bag.Items) Tell(diagnostic, isHeard);
    }

    // What the command line and the rights of its caller decide is known when the script is run.
    private void Tell(Diagnostic diagnostic, bool isHeard)
    {
        bool isOfRun = diagnostic.Id is TraceDiagnostics.MissingParameter or TraceDiagnostics.CannotListPlaces or TraceDiagnostics.Unsafe;
        if (isHeard) _found.Report(isOfRun ? diagnostic with { Severity = Severity.Info } : diagnostic);
    }
}
