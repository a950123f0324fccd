// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Binding;
using Ruche.Trace.Functions;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Language;

/// <summary>Says what stands at a place of a script.</summary>
internal sealed class HoverText(ScriptAnalysis analysis, TraceWorkspace workspace)
{
    private const int MostPlaces = 10;
    private const int LongestShown = 80;

    public TraceHover? At(int position)
    {
        var path = SyntaxPath.To(analysis.Tree, position);
        return path[^1] switch
        {
            AttachPoint x => OfProbe(x, position),
            Expression.Identifier x => OfName(x.Name, 0, x),
            Expression.Call x => OfName(x.Name, x.Arguments.Length, x),
            Expression.Map x => OfMap(x),
            Expression x => OfValue(x),
            Declaration.Macro x => new(Signature(x, x.Body), ""),
            Declaration.Subprogram x => new(Signature(x, x.Body), ""),
            _ => null,
        };
    }

    private string Signature(Declaration declaration, Expression.Block body) => analysis.Source.Slice(SourceSpan.Between(declaration.Span.Start, body.Span.Start)).TrimEnd();

    private TraceHover? OfName(string name, int arguments, Expression x)
    {
        switch (Definitions.DeclarationOf(analysis.Tree, name, arguments))
        {
            case Declaration.Macro macro: return new(Signature(macro, macro.Body), "");
            case Declaration.Subprogram function: return new(Signature(function, function.Body), "");
        }

        if (analysis.Parts.Find(x.Span) is BoundExpression.Arguments { Type: TraceType.Record record }) return new(Fields(record.Layout), Explanations.Find(name)?.Text ?? "");
        var builtin = x is Expression.Identifier ? TraceBuiltins.Find(name) : null;
        string? usage = builtin is null ? TraceFunctions.Find(name)?.Usage : null;
        if (Explanations.Find(name) is not { } explained) return OfValue(x);
        string type = analysis.Parts.Find(x.Span) is { Type: not TraceType.Nothing } bound ? $": {bound.Type}" : "";
        string where = builtin is { Where.Length: > 0 } ? $"; known in {builtin.Where}" : "";
        return new((usage ?? explained.Code) + type, explained.Text + where);
    }

    private static string Fields(RecordLayout layout) =>
        string.Join('\n', layout.Members.Where(m => !m.Name.StartsWith("common_", StringComparison.Ordinal)).Select(Declared));

    private static string Declared(RecordMember member) =>
        member.Spelling.Length == 0 ? $"{member.Name}: {member.Type}" : member.Spelling.EndsWith('*') ? member.Spelling + member.Name : $"{member.Spelling} {member.Name}";

    private TraceHover? OfMap(Expression.Map x)
    {
        if (analysis.Parts.Find(x.Span) is not BoundExpression.MapValue { Map: var map }) return null;
        string key = map.HasKey is true ? $"[{map.Key.Type.ToString().TrimStart('(').TrimEnd(')')}]" : "";
        return new($"@{x.Name}{key}: {map.Value.Type}", "");
    }

    private TraceHover? OfValue(Expression x)
    {
        if (analysis.Parts.Find(x.Span) is not { Type: not TraceType.Nothing } bound) return null;
        string written = analysis.Source.Slice(x.Span);
        string shown = written.Length <= LongestShown && !written.Contains('\n', StringComparison.Ordinal) ? $"{written}: " : "";
        string text = bound switch
        {
            BoundExpression.Field { Member: { Spelling.Length: > 0 } member } => $"declared as `{Declared(member)}`",
            BoundExpression.Number number when x is not Expression.Integer => $"is {number.Value}",
            _ => "",
        };
        return new($"{shown}{bound.Type}", text);
    }

    private TraceHover? OfProbe(AttachPoint x, int position)
    {
        DiagnosticBag unheard = new();
        if (position < x.Parts[0].Span.End || AttachPointReader.Read(x, analysis.Source, unheard, analysis.Options.Parameters) is not { } target)
            return ProbeProvider.TryFind(x.Parts[0].Text, out var provider) ? new(provider.Usage, Explanations.Find(provider.Name)?.Text ?? "") : null;
        var sites = ProbeExpansion.Expand(target, analysis.Source, unheard, workspace.Places);
        if (sites.IsEmpty) return null;
        if (sites.Length > 1) return new(string.Join('\n', sites.Take(MostPlaces).Select(s => s.Name)), $"{sites.Length} places");
        try
        {
            return new(Prototype(sites[0]) ?? Listed(sites[0]), "");
        }
        catch (BpfException)
        {
            return new(sites[0].Name, "");
        }
    }

    private string Listed(ProbeSite site)
    {
        StringWriter text = new();
        new ProbeListing(workspace.Places, text, isVerbose: true).Write(site);
        return text.ToString().TrimEnd();
    }

    // A function as C declares it; null for other places, and where nobody tells its types.
    private string? Prototype(ProbeSite site)
    {
        string? function = (site as ProbeSite.KernelProbe)?.Function ?? (site as ProbeSite.KernelFunction)?.Function;
        if (function is null) return null;
        ProbeSite.KernelFunction end = new(site.Name, site.KernelModule, function, IsReturn: true);
        var types = workspace.Places.Types;
        if (ProbeArguments.Of(end, types) is not { } arguments) return null;
        RecordMember called = new(function, TraceType.None, 0) { Spelling = ProbeArguments.ReturnOf(end, types)?.Spelling ?? "void" };
        return $"{Declared(called)}({(arguments.Members.IsEmpty ? "void" : string.Join(", ", arguments.Members.Select(Declared)))})";
    }
}
