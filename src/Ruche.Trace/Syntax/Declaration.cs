// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Syntax;

/// <summary>What a script consists of, outside all braces. The set is closed.</summary>
internal abstract record Declaration : SyntaxNode
{
    private Declaration(SourceSpan span)
        : base(span)
    {
    }

    /// <summary>
    /// A line for the C preprocessor, as written; <paramref name="Keyword"/> is its first word, such as <c>include</c>. That of the line
    /// for the system, first in the script, is <c>!</c>; it is empty for a line that only looks like one.
    /// </summary>
    public sealed record Directive(SourceSpan Span, string Keyword, string Text) : Declaration(Span);

    /// <summary>A <c>struct</c>, <c>union</c> or <c>enum</c> in C, as written.</summary>
    public sealed record CType(SourceSpan Span, string Keyword, string Name, string Text) : Declaration(Span);

    /// <summary><c>config = { key = value; }</c>.</summary>
    public sealed record Config(SourceSpan Span, ImmutableArray<ConfigSetting> Settings) : Declaration(Span);

    /// <summary><c>import "path"</c>.</summary>
    public sealed record Import(SourceSpan Span, Expression.String Path) : Declaration(Span);

    /// <summary><c>let @name = hash(10)</c>; <paramref name="Kind"/> is the call.</summary>
    public sealed record Map(SourceSpan Span, string Name, Expression.Call Kind) : Declaration(Span);

    /// <summary><c>macro name($a, b, @c) { }</c>; each parameter is a variable, a name or a map without keys.</summary>
    public sealed record Macro(SourceSpan Span, string Name, ImmutableArray<Expression> Parameters, Expression.Block Body) : Declaration(Span);

    /// <summary><c>fn name($a : type) : type { }</c>.</summary>
    public sealed record Subprogram(SourceSpan Span, string Name, ImmutableArray<Parameter> Parameters, TypeName Returns, Expression.Block Body)
        : Declaration(Span);

    /// <summary><c>name=probe,probe /predicate/ { }</c>.</summary>
    public sealed record Probe(
        SourceSpan Span, string? Name, ImmutableArray<AttachPoint> AttachPoints, Expression? Predicate, Expression.Block Body)
        : Declaration(Span);
}
