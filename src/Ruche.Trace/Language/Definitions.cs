// SPDX-License-Identifier: MIT
using Ruche.Trace.Expansion;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Language;

/// <summary>Finds where names are introduced. It needs nothing but the tree, so that it works where the kernel says nothing.</summary>
internal static class Definitions
{
    /// <summary>The place that introduces what stands at a place; null when that is nothing that a script introduces.</summary>
    public static SourceSpan? Find(ScriptAnalysis analysis, int position)
    {
        var path = SyntaxPath.To(analysis.Tree, position);
        if (path.Count < 2) return null;
        return path[^1] switch
        {
            Expression.Variable x => OfVariable(path, x),
            Expression.Map x => OfMap(analysis.Tree, path[1], x.Name),
            Expression.Identifier x => OfParameter(path[1], x.Name) ?? NameOf(DeclarationOf(analysis.Tree, x.Name, 0)),
            Expression.Call x => NameOf(DeclarationOf(analysis.Tree, x.Name, x.Arguments.Length)),
            _ => null,
        };
    }

    /// <summary>The macro or function of a name: the macro that takes so many arguments, where there is one. Null when nothing is called that.</summary>
    public static Declaration? DeclarationOf(Script tree, string name, int arguments)
    {
        Declaration? found = null;
        foreach (var declaration in tree.Declarations)
        {
            if (declaration is Declaration.Subprogram function && function.Name == name) return function;
            if (declaration is not Declaration.Macro macro || macro.Name != name) continue;
            if (macro.Parameters.Length == arguments) return macro;
            found ??= macro;
        }

        return found;
    }

    private static SourceSpan? NameOf(Declaration? declaration) => declaration switch
    {
        Declaration.Macro x => new(x.Span.Start, "macro".Length + 1 + x.Name.Length),
        Declaration.Subprogram x => new(x.Span.Start, "fn".Length + 1 + x.Name.Length),
        _ => null,
    };

    private static SourceSpan? OfParameter(SyntaxNode declaration, string written) => declaration switch
    {
        Declaration.Macro x => x.Parameters.FirstOrDefault(p => MacroTable.KeyOf(p) == written)?.Span,
        Declaration.Subprogram x => x.Parameters.FirstOrDefault(p => $"${p.Name}" == written)?.Span,
        _ => null,
    };

    // A variable belongs to the outermost block that mentions it before the place; that of a loop to the loop.
    private static SourceSpan? OfVariable(List<SyntaxNode> path, Expression.Variable variable)
    {
        if (OfParameter(path[1], $"${variable.Name}") is { } parameter) return parameter;
        if (path.Select(VariableOf).LastOrDefault(v => v?.Name == variable.Name) is { } looped) return looped.Span;
        foreach (var node in path)
        {
            if (node is Expression.Block && FirstIn(node, variable.Name, isWhole: false) is { } found && found.Start <= variable.Span.Start) return found;
        }

        return FirstIn(path[1], variable.Name, isWhole: true);
    }

    private static Expression.Variable? VariableOf(SyntaxNode node) => node switch
    {
        Statement.ForEach x => x.Variable,
        Statement.ForRange x => x.Variable,
        _ => null,
    };

    // The first mention among the parts of a node, those of inner blocks and loops only when all of it is looked through.
    private static SourceSpan? FirstIn(SyntaxNode node, string name, bool isWhole)
    {
        foreach (var child in SyntaxChildren.Of(node))
        {
            if (child is Expression.Variable x && x.Name == name) return x.Span;
            if (!isWhole && (child is Expression.Block || VariableOf(child) is not null)) continue;
            if (FirstIn(child, name, isWhole) is { } found) return found;
        }

        return null;
    }

    private static SourceSpan? OfMap(Script tree, SyntaxNode declaration, string name)
    {
        if (OfParameter(declaration, $"@{name}") is { } parameter) return parameter;
        return tree.Declarations.FirstOrDefault(d => d is Declaration.Map x && x.Name == name)?.Span ?? FirstMap(tree, name);
    }

    private static SourceSpan? FirstMap(SyntaxNode node, string name)
    {
        if (node is Declaration.Macro) return null;
        if (node is Expression.Map x && x.Name == name) return new(x.Span.Start, 1 + name.Length);
        foreach (var child in SyntaxChildren.Of(node))
        {
            if (FirstMap(child, name) is { } found) return found;
        }

        return null;
    }
}
