// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Syntax;

/// <summary>Something with a value. The set is closed.</summary>
internal abstract record Expression : SyntaxNode
{
    private Expression(SourceSpan span)
        : base(span)
    {
    }

    /// <summary>An integer; durations are in nanoseconds.</summary>
    public sealed record Integer(SourceSpan Span, ulong Value, string Spelling) : Expression(Span);

    /// <summary>A string's bytes, and how it is written, quotes included.</summary>
    public sealed record String(SourceSpan Span, ImmutableArray<byte> Bytes, string Spelling) : Expression(Span);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public sealed record Boolean(SourceSpan Span, bool Value) : Expression(Span);

    /// <summary>A bare name: a builtin, an enumerator, a parameter or call of a macro, an option of a builtin.</summary>
    public sealed record Identifier(SourceSpan Span, string Name) : Expression(Span);

    /// <summary>A scratch variable; the name is without <c>$</c>.</summary>
    public sealed record Variable(SourceSpan Span, string Name) : Expression(Span);

    /// <summary>A map, or its entry under the keys; the name is without <c>@</c>, empty for the unnamed map.</summary>
    public sealed record Map(SourceSpan Span, string Name, ImmutableArray<Expression> Keys) : Expression(Span);

    /// <summary>A parameter of the command line: <c>$1</c> is the first.</summary>
    public sealed record Positional(SourceSpan Span, int Number) : Expression(Span);

    /// <summary><c>$#</c>: how many parameters there are.</summary>
    public sealed record PositionalCount(SourceSpan Span) : Expression(Span);

    /// <summary>An operator and its operand.</summary>
    public sealed record Unary(SourceSpan Span, UnaryOperator Operator, Expression Operand) : Expression(Span);

    /// <summary>An operator between its operands.</summary>
    public sealed record Binary(SourceSpan Span, BinaryOperator Operator, Expression Left, Expression Right) : Expression(Span);

    /// <summary><c>a ? b : c</c>; of <c>a ?: c</c>, <paramref name="WhenTrue"/> is null.</summary>
    public sealed record Conditional(SourceSpan Span, Expression Condition, Expression? WhenTrue, Expression WhenFalse) : Expression(Span);

    /// <summary>An <c>if</c>, also where nobody wants its value; <paramref name="Else"/> is a block or another <c>if</c>.</summary>
    public sealed record If(SourceSpan Span, Expression Condition, Block Then, Expression? Else) : Expression(Span);

    /// <summary>Statements in braces; <paramref name="Value"/> is a last expression that no semicolon ends.</summary>
    public sealed record Block(SourceSpan Span, ImmutableArray<Statement> Statements, Expression? Value) : Expression(Span);

    /// <summary><c>comptime x</c>: decided by the compiler.</summary>
    public sealed record Comptime(SourceSpan Span, Expression Operand) : Expression(Span);

    /// <summary>A call of a builtin, a macro or a subprogram.</summary>
    public sealed record Call(SourceSpan Span, string Name, ImmutableArray<Expression> Arguments) : Expression(Span);

    /// <summary><c>a.b</c>, or <c>a->b</c>, which means the same.</summary>
    public sealed record Field(SourceSpan Span, Expression Operand, string Name, bool IsArrow) : Expression(Span);

    /// <summary><c>a.0</c>: an element of a tuple.</summary>
    public sealed record Element(SourceSpan Span, Expression Operand, int Position) : Expression(Span);

    /// <summary><c>a[b]</c>, of anything but a map.</summary>
    public sealed record Index(SourceSpan Span, Expression Operand, Expression Position) : Expression(Span);

    /// <summary><c>(type)a</c>.</summary>
    public sealed record Cast(SourceSpan Span, TypeName Type, Expression Operand) : Expression(Span);

    /// <summary><c>(a, b)</c>, <c>(a,)</c> or <c>()</c>.</summary>
    public sealed record Tuple(SourceSpan Span, ImmutableArray<Expression> Elements) : Expression(Span);

    /// <summary><c>(a=1, b=2)</c>.</summary>
    public sealed record Record(SourceSpan Span, ImmutableArray<RecordField> Fields) : Expression(Span);

    /// <summary>An expression in parentheses.</summary>
    public sealed record Parenthesized(SourceSpan Span, Expression Inner) : Expression(Span);

    /// <summary><c>sizeof(x)</c>; <paramref name="Subject"/> is a type or an expression. A bare name may still be either.</summary>
    public sealed record SizeOf(SourceSpan Span, SyntaxNode Subject) : Expression(Span);

    /// <summary><c>typeinfo(x)</c>; <paramref name="Subject"/> as in <see cref="SizeOf"/>.</summary>
    public sealed record TypeInfo(SourceSpan Span, SyntaxNode Subject) : Expression(Span);

    /// <summary><c>offsetof(x, a.b)</c>; <paramref name="Subject"/> as in <see cref="SizeOf"/>.</summary>
    public sealed record OffsetOf(SourceSpan Span, SyntaxNode Subject, ImmutableArray<string> Path) : Expression(Span);

    /// <summary><c>container_of(pointer, type, a.b)</c>; <paramref name="Subject"/> as in <see cref="SizeOf"/>.</summary>
    public sealed record ContainerOf(SourceSpan Span, Expression Pointer, SyntaxNode Subject, ImmutableArray<string> Path) : Expression(Span);
}
