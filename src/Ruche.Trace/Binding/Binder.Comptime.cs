// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

/// <content>What is decided when the script is compiled.</content>
internal sealed partial class Binder
{
    /// <summary>Binds a number or a text that must be known; nothing when its type is not known yet.</summary>
    public BoundExpression BindKnown(Expression expression)
    {
        var bound = Bind(expression);
        if (bound is BoundExpression.Number or BoundExpression.Literal || bound.Type is TraceType.Nothing) return bound;
        Error(TraceDiagnostics.NotKnown, $"'{_source.Slice(expression.Span)}' is not known when the script is compiled", expression.Span, "it may consist of numbers, text, sizes, parameters and questions about types");
        return new BoundExpression.Nothing(expression.Span);
    }

    // The way that is not taken may say what would be wrong here.
    private BoundExpression BindChosen(Expression.Comptime condition, Expression whenTrue, Expression? whenFalse, SourceSpan span) =>
        Chosen(condition, whenTrue, whenFalse) is { } way ? Bind(way) : new BoundExpression.Nothing(span);

    private Expression? Chosen(Expression.Comptime condition, Expression? whenTrue, Expression? whenFalse) => BindKnown(condition.Operand) switch
    {
        BoundExpression.Number { Value: not 0 } or BoundExpression.Literal { Bytes.IsEmpty: false } => whenTrue,
        BoundExpression.Number or BoundExpression.Literal => whenFalse,
        _ => null,
    };

    // The kernel's number of a type is not told: it is another in each kernel.
    private BoundExpression BindTypeInfo(Expression.TypeInfo x)
    {
        var type = TypeOfSubject(x.Subject);
        if (type is TraceType.Nothing) return new BoundExpression.Nothing(x.Span);
        ImmutableArray<BoundExpression> parts = [new BoundExpression.Number(0, TraceType.Int64, x.Span), Text(TypeText.KindOf(type), x.Span), Text(type.ToString(), x.Span)];
        return new BoundExpression.Tuple(parts, new TraceType.Tuple([.. parts.Select(p => p.Type)]) { Names = ["btf_id", "base_type", "full_type"] }, x.Span);
    }

    private BoundExpression BindContainerOf(Expression.ContainerOf x)
    {
        var pointer = BindNumber(x.Pointer);
        var offset = BindOffsetOf(new(x.Span, x.Subject, x.Path));
        if (pointer.Type is TraceType.Nothing || offset.Type is TraceType.Nothing) return new BoundExpression.Nothing(x.Span);
        TraceType.Pointer type = new(TypeOfSubject(x.Subject), SpaceOfAddress(pointer.Type));
        return new BoundExpression.Binary(BinaryOperator.Subtract, pointer, offset, type, x.Span);
    }
}
