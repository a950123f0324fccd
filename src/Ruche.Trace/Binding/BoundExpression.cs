// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Events;
using Ruche.Trace.Functions;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

/// <summary>An expression whose names are looked up and whose type is known. The set is closed.</summary>
internal abstract record BoundExpression(TraceType Type, SourceSpan Span)
{
    /// <summary>Nothing: what stands where an error was, and what calls without a value yield.</summary>
    public sealed record Nothing(SourceSpan Span) : BoundExpression(TraceType.None, Span);

    /// <summary>A number that is known.</summary>
    public sealed record Number(long Value, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>Text that is known, without the zero that ends it.</summary>
    public sealed record Literal(ImmutableArray<byte> Bytes, SourceSpan Span) : BoundExpression(new TraceType.Text(Bytes.Length + 1), Span);

    /// <summary>A scratch variable's value.</summary>
    public sealed record Variable(VariableSymbol Symbol, SourceSpan Span) : BoundExpression(Symbol.Type, Span);

    /// <summary>A map's value, or that of its entry under a key.</summary>
    public sealed record MapValue(MapSymbol Map, BoundExpression? Key, SourceSpan Span) : BoundExpression(Map.Value.Type, Span);

    /// <summary>Minus, not, or the complement.</summary>
    public sealed record Unary(UnaryOperator Operator, BoundExpression Operand, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>Arithmetic with, or comparison of, two numbers; also <c>&amp;&amp;</c> and <c>||</c>.</summary>
    public sealed record Binary(BinaryOperator Operator, BoundExpression Left, BoundExpression Right, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>Whether two texts, arrays or tuples are the same (or differ) in their first bytes.</summary>
    public sealed record SameBytes(BoundExpression Left, BoundExpression Right, int Length, bool IsText, bool IsNegated, SourceSpan Span) : BoundExpression(TraceType.Bool, Span);

    /// <summary>One of two values.</summary>
    public sealed record Conditional(BoundExpression Condition, BoundExpression WhenTrue, BoundExpression WhenFalse, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>A field of a record.</summary>
    public sealed record Field(BoundExpression Record, RecordMember Member, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>An element of an array, by number.</summary>
    public sealed record At(BoundExpression Array, BoundExpression Position, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>An element of a tuple.</summary>
    public sealed record Element(BoundExpression Whole, int Position, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>What a pointer points to.</summary>
    public sealed record Dereference(BoundExpression Pointer, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>Where a value lies, while the program runs: a variable, or a part of what a pointer leads to.</summary>
    public sealed record Address(BoundExpression Of, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>Where a map's value lies, of one without keys that sums nothing up; where the kernel keeps what it knows of the map, of all others.</summary>
    public sealed record MapAddress(MapSymbol Map, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>A value as one of another type.</summary>
    public sealed record Cast(BoundExpression Operand, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>Values one after another.</summary>
    public sealed record Tuple(ImmutableArray<BoundExpression> Elements, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>What the hook hands over, as a record of its arguments.</summary>
    public sealed record Arguments(TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>What the hook hands over, as an address.</summary>
    public sealed record Context(TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>An argument of a function, or what it returns, as the processor's registers hold it: by number; -1 is what it returns.</summary>
    public sealed record Register(int Index, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>What programs can ask the kernel for without arguments.</summary>
    public sealed record Builtin(TraceBuiltin What, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>A call of a function.</summary>
    public sealed record Call(TraceFunction Function, ImmutableArray<BoundExpression> Operands, TraceType Type, SourceSpan Span) : BoundExpression(Type, Span);

    /// <summary>Something is told to whoever reads what the programs find.</summary>
    public sealed record Tell(TraceEvent Event, ImmutableArray<BoundExpression> Payload, SourceSpan Span) : BoundExpression(TraceType.None, Span);

    /// <summary>A variable or map entry goes up or down by a number; the value is that before, or behind.</summary>
    public sealed record Step(BoundExpression Target, long By, bool YieldsOld, SourceSpan Span) : BoundExpression(Target.Type, Span);

    /// <summary>Statements, and a value at their end.</summary>
    public sealed record Block(ImmutableArray<BoundStatement> Statements, BoundExpression Value, SourceSpan Span) : BoundExpression(Value.Type, Span)
    {
        /// <summary>Whether a return among the statements leads to the value, and does not end the program.</summary>
        public bool IsFunction { get; init; }
    }
}
