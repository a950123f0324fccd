// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Functions;

/// <summary>Questions about types, whose answers are known when the script is compiled, and functions that refuse to compile or to go on.</summary>
internal static class TypeFunctions
{
    public static readonly TraceFunction[] All =
    [
        Question("is_ptr", x => x.Type is TraceType.Pointer),
        Question("is_array", x => x.Type is TraceType.Array),
        Question("is_str", x => x.Type is TraceType.Text),
        Question("is_integer", x => x.Type is TraceType.Integer),
        Question("is_unsigned_integer", x => x.Type is TraceType.Integer { IsSigned: false }),
        Question("is_literal", x => x is BoundExpression.Number or BoundExpression.Literal),
        new("fail", 1, 1, (b, call, _) => Fail(b, call, 0)) { Usage = "fail(\"message\")" },
        new("static_assert", 2, 2, BindStaticAssert) { Usage = "static_assert(condition, \"message\")" },
        new("assert", 2, 2, BindAssert) { Usage = "assert(condition, \"message\")" },
    ];

    // What is not known yet may be in the next round.
    private static TraceFunction Question(string name, Func<BoundExpression, bool> holds) =>
        new(name, 1, 1, (binder, call, _) => binder.Bind(call.Arguments[0]) is { Type: not TraceType.Nothing } value
            ? new BoundExpression.Number(holds(value) ? 1 : 0, TraceType.Bool, call.Span)
            : new BoundExpression.Nothing(call.Span))
        {
            Usage = $"{name}(x)",
        };

    private static BoundExpression.Nothing Fail(Binder binder, Expression.Call call, int message)
    {
        if (binder.LiteralOf(call, message) is { } text) binder.Error(TraceDiagnostics.RefusesItself, Encoding.UTF8.GetString(text.Bytes.AsSpan()), call.Span);
        return new(call.Span);
    }

    private static BoundExpression.Nothing BindStaticAssert(Binder binder, Expression.Call call, TraceFunction function) =>
        binder.BindKnown(call.Arguments[0]) is BoundExpression.Number { Value: 0 } ? Fail(binder, call, 1) : new(call.Span);

    // if (!condition) { errorf("assert failed: %s", message); exit(1); }
    private static BoundExpression BindAssert(Binder binder, Expression.Call call, TraceFunction function)
    {
        var span = call.Span;
        Expression.Call told = new(span, "errorf", [new Expression.String(span, [.. "assert failed: %s"u8], ""), call.Arguments[1]]);
        Expression.Call ended = new(span, "exit", [new Expression.Integer(span, 1, "1")]);
        Expression.Block otherwise = new(span, [new Statement.Evaluate(span, told), new Statement.Evaluate(span, ended)], null);
        return binder.Bind(new Expression.If(span, new Expression.Unary(span, UnaryOperator.Not, call.Arguments[0]), otherwise, null));
    }
}
