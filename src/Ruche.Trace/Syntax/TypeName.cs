// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Syntax;

/// <summary>A type as written. What follows a type applies to all before it: <c>int32*[4]</c> is four pointers. The set is closed.</summary>
internal abstract record TypeName : SyntaxNode
{
    private TypeName(SourceSpan span)
        : base(span)
    {
    }

    /// <summary>A name: <c>int32</c>, <c>string</c>, a typedef, or words of C such as <c>unsigned long</c>.</summary>
    public sealed record Named(SourceSpan Span, string Name) : TypeName(Span);

    /// <summary><c>struct x</c>, <c>union x</c> or <c>enum x</c>; <paramref name="Keyword"/> is the first word.</summary>
    public sealed record Tagged(SourceSpan Span, string Keyword, string Name) : TypeName(Span);

    /// <summary><c>type *</c>.</summary>
    public sealed record Pointer(SourceSpan Span, TypeName Target) : TypeName(Span);

    /// <summary><c>type[size]</c>, or <c>type[]</c>.</summary>
    public sealed record Array(SourceSpan Span, TypeName Element, Expression? Size) : TypeName(Span);

    /// <summary><c>typeof(x)</c>; <paramref name="Subject"/> is a type or an expression.</summary>
    public sealed record TypeOf(SourceSpan Span, SyntaxNode Subject) : TypeName(Span);
}
