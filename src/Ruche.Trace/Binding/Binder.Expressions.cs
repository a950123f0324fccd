// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Expansion;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

internal sealed partial class Binder
{
    /// <summary>Binds an expression for its value.</summary>
    public BoundExpression Bind(Expression expression)
    {
        var bound = BindAny(expression);
        _parts?.Add(expression.Span, bound);
        return bound;
    }

    private BoundExpression BindAny(Expression expression)
    {
        switch (expression)
        {
            case Expression.Integer x: return new BoundExpression.Number((long)x.Value, x.Value <= long.MaxValue ? TraceType.Int64 : TraceType.UInt64, x.Span);
            case Expression.String x: return new BoundExpression.Literal(x.Bytes, x.Span);
            case Expression.Boolean x: return new BoundExpression.Number(x.Value ? 1 : 0, TraceType.Bool, x.Span);
            case Expression.Identifier x: return BindName(x);
            case Expression.Variable x: return BindVariable(x);
            case Expression.Map x: return BindMap(x);
            case Expression.Positional x: return BindPositional(x);
            case Expression.PositionalCount x: return new BoundExpression.Number(Options.Parameters.Length, TraceType.Int64, x.Span);
            case Expression.Unary x: return BindUnary(x);
            case Expression.Binary x: return BindBinary(x);
            case Expression.Conditional x: return BindConditional(x);
            case Expression.If x: return BindIfValue(x);
            case Expression.Block x: return BindBlockValue(x);
            case Expression.Call x: return BindCall(x);
            case Expression.Field x: return BindField(x);
            case Expression.Element x: return BindElement(Bind(x.Operand), x.Position, x.Span);
            case Expression.Index x: return BindIndex(x);
            case Expression.Cast x: return BindCast(x);
            case Expression.Tuple x: return BindTuple(x.Elements, [], x.Span);
            case Expression.Record x: return BindRecord(x);
            case Expression.Parenthesized x: return Bind(x.Inner);
            case Expression.SizeOf x: return new BoundExpression.Number(ValueLayout.SizeOf(TypeOfSubject(x.Subject)), TraceType.UInt64, x.Span);
            case Expression.OffsetOf x: return BindOffsetOf(x);
            case Expression.Comptime x: return BindKnown(x.Operand);
            case Expression.ContainerOf x: return BindContainerOf(x);
            case Expression.TypeInfo x: return BindTypeInfo(x);
            default: throw new UnreachableException($"no case for {expression.GetType().Name}");
        }
    }

    /// <summary>Binds a number: an integer, a pointer, an aggregate as what it comes to.</summary>
    public BoundExpression BindNumber(Expression expression)
    {
        var bound = Bind(expression);
        if (IsNumber(bound.Type) || bound.Type is TraceType.Nothing) return bound;
        Error(TraceDiagnostics.TypeMismatch, $"a number is expected here, not {bound.Type}", bound.Span);
        return new BoundExpression.Nothing(bound.Span);
    }

    /// <summary>Whether values of a type are held in a register.</summary>
    public static bool IsNumber(TraceType type) => type is TraceType.Integer or TraceType.Boolean or TraceType.Enumeration or TraceType.Pointer or TraceType.Timestamp or TraceType.Named or TraceType.Code
        or TraceType.Symbol { IsUser: false } or TraceType.Aggregate { Of.HasParts: false };

    private BoundExpression BindCondition(Expression expression)
    {
        var bound = Bind(expression);
        if (bound.Type is TraceType.Text text) return new BoundExpression.SameBytes(bound, new BoundExpression.Literal([], bound.Span), 1, IsText: true, IsNegated: true, bound.Span);
        if (IsNumber(bound.Type) || bound.Type is TraceType.Nothing) return bound;
        Error(TraceDiagnostics.TypeMismatch, $"{bound.Type} is neither true nor false", bound.Span, "compare it with something");
        return new BoundExpression.Nothing(bound.Span);
    }

    private BoundExpression BindVariable(Expression.Variable x)
    {
        if (_program.Variables.TryFind(x.Name, out var symbol)) return new BoundExpression.Variable(symbol, x.Span);
        ReadOnlySpan<string> note = Bpf.Objects.Diagnostics.NearestNames.Question(VariableNames.Written(x.Name), _program.Variables.Names) is { } question ? [question] : [];
        Error(TraceDiagnostics.UnknownVariable, $"variable '${VariableNames.Written(x.Name)}' is used before anything is assigned to it", x.Span, note);
        return new BoundExpression.Nothing(x.Span);
    }

    // A parameter that is a number is one; anything else is text.
    private BoundExpression BindPositional(Expression.Positional x)
    {
        if (x.Number > Options.Parameters.Length) return new BoundExpression.Number(0, TraceType.Int64, x.Span);
        string text = Options.Parameters[x.Number - 1];
        return Parsing.NumberLiteral.Read(text).Value is { } value ? new BoundExpression.Number((long)value, TraceType.Int64, x.Span)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long signed) ? new BoundExpression.Number(signed, TraceType.Int64, x.Span)
            : ParameterText(x);
    }

    /// <summary>A parameter as it was written; one that was not given is empty.</summary>
    public BoundExpression.Literal ParameterText(Expression.Positional x) =>
        new(x.Number > Options.Parameters.Length ? [] : [.. Encoding.UTF8.GetBytes(Options.Parameters[x.Number - 1])], x.Span);

    private BoundExpression BindUnary(Expression.Unary x)
    {
        if (Operators.Writes(x.Operator)) return BindStep(x);
        if (x.Operator is UnaryOperator.AddressOf) return BindAddress(x);
        if (x.Operator is UnaryOperator.Dereference) return BindDereference(Bind(x.Operand), x.Span);
        var operand = x.Operator is UnaryOperator.Not ? BindCondition(x.Operand) : BindNumber(x.Operand);
        return (x.Operator, operand) switch
        {
            (UnaryOperator.Negate, BoundExpression.Number n) => new BoundExpression.Number(-n.Value, TraceType.Int64, x.Span),
            (UnaryOperator.Complement, BoundExpression.Number n) => new BoundExpression.Number(~n.Value, TraceType.Int64, x.Span),
            (UnaryOperator.Not, BoundExpression.Number n) => new BoundExpression.Number(n.Value == 0 ? 1 : 0, TraceType.Bool, x.Span),
            (UnaryOperator.Not, _) => new BoundExpression.Unary(x.Operator, operand, TraceType.Bool, x.Span),
            (UnaryOperator.Negate, _) => new BoundExpression.Unary(x.Operator, operand, TraceType.Int64, x.Span),
            _ => new BoundExpression.Unary(x.Operator, operand, TypeInference.Stored(operand.Type), x.Span),
        };
    }

    // The memory of a program is the kernel's.
    private BoundExpression BindAddress(Expression.Unary x)
    {
        if (x.Operand is Expression.Variable variable)
            return BindVariable(variable) is BoundExpression.Variable known ? new BoundExpression.Address(known, new TraceType.Pointer(known.Type, MemorySpace.Kernel), x.Span) : new BoundExpression.Nothing(x.Span);
        if (x.Operand is Expression.Map { Keys.IsEmpty: true } whole) return BindMapAddress(whole, x.Span);
        Error(TraceDiagnostics.NotSupported, "only variables and whole maps have addresses", x.Span, "keep the value in a variable, and take the address of that");
        return new BoundExpression.Nothing(x.Span);
    }

    private BoundExpression BindMapAddress(Expression.Map x, SourceSpan span)
    {
        var map = BindWholeMap(x);
        if (map.Value.Type is TraceType.Nothing) return new BoundExpression.Nothing(span); // until it is known what the map holds
        if (map is { HasKey: false, Aggregation: null }) return new BoundExpression.MapAddress(map, new TraceType.Pointer(map.Value.Type, MemorySpace.Kernel), span);
        if (!Options.HasMapAddresses) Error(TraceDiagnostics.NotSupported, $"map '{map}' is one of the kernel's, whose address is not recorded", span);
        return new BoundExpression.MapAddress(map, new TraceType.Pointer(Types.Find("struct", "bpf_map") ?? TraceType.None, MemorySpace.Kernel), span);
    }

    private BoundExpression.Step BindStep(Expression.Unary x)
    {
        var target = x.Operand is Expression.Variable variable && !_program.Variables.TryFind(variable.Name, out _) ? BindAssigned(variable) : Bind(x.Operand);
        BeginsAsNumber(target);
        if (target.Type is not (TraceType.Nothing or TraceType.Integer or TraceType.Pointer)) Error(TraceDiagnostics.TypeMismatch, $"{target.Type} cannot be counted up or down", x.Span);
        long by = target.Type is TraceType.Pointer pointer ? Math.Max(1, ValueLayout.SizeOf(pointer.Target)) : 1;
        bool isDown = x.Operator is UnaryOperator.PreDecrement or UnaryOperator.PostDecrement;
        return new BoundExpression.Step(target, isDown ? -by : by, Operators.IsPostfix(x.Operator), x.Span);
    }

    private BoundExpression BindBinary(Expression.Binary x)
    {
        if (x.Operator is BinaryOperator.LogicalAnd or BinaryOperator.LogicalOr)
            return BindLogical(x);
        return Combine(x.Operator, Bind(x.Left), Bind(x.Right), x.Span);
    }

    private BoundExpression BindLogical(Expression.Binary x)
    {
        var left = BindCondition(x.Left);
        if (left is BoundExpression.Number known && known.Value != 0 == x.Operator is BinaryOperator.LogicalOr) return new BoundExpression.Number(known.Value == 0 ? 0 : 1, TraceType.Bool, x.Span);
        var right = BindCondition(x.Right);
        return left is BoundExpression.Number && right is BoundExpression.Number n
            ? new BoundExpression.Number(n.Value == 0 ? 0 : 1, TraceType.Bool, x.Span)
            : new BoundExpression.Binary(x.Operator, left, right, TraceType.Bool, x.Span);
    }

    /// <summary>An operator with operands that are bound.</summary>
    private BoundExpression Combine(BinaryOperator op, BoundExpression left, BoundExpression right, SourceSpan span)
    {
        if (left.Type is TraceType.Nothing || right.Type is TraceType.Nothing) return IsComparison(op) ? new BoundExpression.Number(0, TraceType.Bool, span) : new BoundExpression.Nothing(span);
        if (left is BoundExpression.Literal x && right is BoundExpression.Literal y && op is BinaryOperator.Equal or BinaryOperator.NotEqual)
            return new BoundExpression.Number(x.Bytes.SequenceEqual(y.Bytes) == op is BinaryOperator.Equal ? 1 : 0, TraceType.Bool, span);
        if (!IsNumber(left.Type) || !IsNumber(right.Type)) return CompareBytes(op, left, right, span);
        if (left is BoundExpression.Number a && right is BoundExpression.Number b && ConstantArithmetic.TryCombine(op, a, b, span) is { } known) return known;
        if (IsComparison(op)) return new BoundExpression.Binary(op, left, right, TraceType.Bool, span);
        if (left.Type is TraceType.Pointer pointer && right.Type is not TraceType.Pointer && op is BinaryOperator.Add or BinaryOperator.Subtract)
            return new BoundExpression.Binary(op, left, Scaled(right, pointer), left.Type, span);
        if (right.Type is TraceType.Pointer other && left.Type is not TraceType.Pointer && op is BinaryOperator.Add)
            return new BoundExpression.Binary(op, Scaled(left, other), right, right.Type, span);
        return new BoundExpression.Binary(op, left, right, ArithmeticType(op, left, right), span);
    }

    private static bool IsComparison(BinaryOperator op) =>
        op is BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual;

    // A difference may be negative; otherwise what is unsigned stays so, and a number written in the script adapts.
    private static TraceType ArithmeticType(BinaryOperator op, BoundExpression left, BoundExpression right)
    {
        if (op is BinaryOperator.Subtract) return TraceType.Int64;
        if (op is BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight) return IsSigned(left) ? TraceType.Int64 : TraceType.UInt64;
        return IsUnsignedHere(left) && IsUnsignedHere(right) && !(IsSigned(left) && IsSigned(right)) ? TraceType.UInt64 : TraceType.Int64;
    }

    private static bool IsUnsignedHere(BoundExpression x) => !IsSigned(x) || x is BoundExpression.Number { Value: >= 0 };

    /// <summary>Whether a number may be negative.</summary>
    public static bool IsSigned(BoundExpression x) => x.Type switch
    {
        TraceType.Integer n => n.IsSigned,
        TraceType.Enumeration n => n.Layout.IsSigned,
        TraceType.Aggregate { Of: Aggregation.Count or Aggregation.Sum { IsSigned: false } or Aggregation.Minimum { IsSigned: false } or Aggregation.Maximum { IsSigned: false } or Aggregation.Average { IsSigned: false } } => false,
        TraceType.Aggregate => true,
        _ => false,
    };

    private static BoundExpression Scaled(BoundExpression count, TraceType.Pointer pointer)
    {
        int size = ValueLayout.SizeOf(pointer.Target);
        return size <= 1 ? count
            : count is BoundExpression.Number n ? n with { Value = n.Value * size }
            : new BoundExpression.Binary(BinaryOperator.Multiply, count, new BoundExpression.Number(size, TraceType.Int64, count.Span), TraceType.Int64, count.Span);
    }

    private BoundExpression CompareBytes(BinaryOperator op, BoundExpression left, BoundExpression right, SourceSpan span)
    {
        bool isText = left.Type is TraceType.Text && right.Type is TraceType.Text;
        bool isAlike = isText || TypeInference.Stored(left.Type) == TypeInference.Stored(right.Type);
        if (op is not (BinaryOperator.Equal or BinaryOperator.NotEqual) || !isAlike)
        {
            Error(TraceDiagnostics.TypeMismatch, $"'{Operators.Spelling(op)}' is not defined for {left.Type} and {right.Type}", span,
                isAlike ? "only '==' and '!=' are" : "both sides must be of one kind");
            return new BoundExpression.Nothing(span);
        }

        int length = isText ? Math.Min(ValueLayout.SizeOf(left.Type), ValueLayout.SizeOf(right.Type)) : ValueLayout.SizeOf(TypeInference.Stored(left.Type));
        return new BoundExpression.SameBytes(left, right, length, isText, op is BinaryOperator.NotEqual, span);
    }

    private BoundExpression BindConditional(Expression.Conditional x)
    {
        if (x is { Condition: Expression.Comptime decided, WhenTrue: not null }) return BindChosen(decided, x.WhenTrue, x.WhenFalse, x.Span);
        var condition = BindCondition(x.Condition);
        var whenTrue = x.WhenTrue is null ? Bind(x.Condition) : Bind(x.WhenTrue);
        return Choose(condition, whenTrue, Bind(x.WhenFalse), x.Span);
    }

    private BoundExpression Choose(BoundExpression condition, BoundExpression whenTrue, BoundExpression whenFalse, SourceSpan span)
    {
        if (whenTrue.Type is TraceType.Nothing && whenFalse.Type is TraceType.Nothing) return new BoundExpression.Conditional(condition, whenTrue, whenFalse, TraceType.None, span);
        var type = whenTrue.Type == whenFalse.Type ? whenTrue.Type : TypeInference.Common(TypeInference.Stored(whenTrue.Type), TypeInference.Stored(whenFalse.Type));
        if (type is not null) return new BoundExpression.Conditional(condition, whenTrue, whenFalse, type, span);
        Error(TraceDiagnostics.TypeMismatch, $"one way yields {whenTrue.Type}, the other {whenFalse.Type}", span);
        return new BoundExpression.Nothing(span);
    }

    private BoundExpression BindIfValue(Expression.If x)
    {
        if (x.Condition is Expression.Comptime decided) return BindChosen(decided, x.Then, x.Else, x.Span);
        if (x.Else is null) return new BoundExpression.Block([BindIf(x)], new BoundExpression.Nothing(x.Span), x.Span);
        return Choose(BindCondition(x.Condition), BindBlockValue(x.Then), Bind(x.Else), x.Span);
    }

    private BoundExpression BindBlockValue(Expression.Block x)
    {
        using var scope = _program.Variables.Open();
        var bound = ImmutableArray.CreateBuilder<BoundStatement>();
        foreach (var statement in x.Statements) Bind(statement, bound);
        var value = x.Value is null ? new BoundExpression.Nothing(x.Span) : Bind(x.Value);
        return bound.Count == 0 ? value : new BoundExpression.Block(bound.ToImmutable(), value, x.Span);
    }

    private BoundExpression BindDereference(BoundExpression pointer, SourceSpan span)
    {
        if (pointer.Type is TraceType.Pointer { Target: not TraceType.Nothing } x) return new BoundExpression.Dereference(pointer, x.Target, span);
        if (pointer.Type is TraceType.Nothing) return new BoundExpression.Nothing(span);

        // As in older scripts: a bare number is an address of the kernel.
        if (pointer.Type is TraceType.Integer) return new BoundExpression.Dereference(pointer, TraceType.UInt64, span);
        Error(TraceDiagnostics.TypeMismatch, $"{pointer.Type} cannot be followed", span, pointer.Type is TraceType.Pointer ? "cast it to a pointer to what is there" : "only pointers can");
        return new BoundExpression.Nothing(span);
    }

    private BoundExpression BindElement(BoundExpression operand, int position, SourceSpan span)
    {
        if (operand.Type is TraceType.Nothing) return new BoundExpression.Nothing(span);
        if (operand.Type is TraceType.Tuple { Names: { IsEmpty: false } names })
        {
            Error(TraceDiagnostics.NoSuchField, "the elements of a record have names, not numbers", span, $"it has {string.Join(", ", names)}");
            return new BoundExpression.Nothing(span);
        }

        if (operand.Type is TraceType.Tuple tuple && position < tuple.Elements.Length) return new BoundExpression.Element(operand, position, tuple.Elements[position], span);
        Error(TraceDiagnostics.NoSuchField, operand.Type is TraceType.Tuple few ? $"a tuple of {Plural(few.Elements.Length, "element")} has no element {position}" : $"{operand.Type} is no tuple", span, "elements count from 0");
        return new BoundExpression.Nothing(span);
    }

    private BoundExpression BindIndex(Expression.Index x)
    {
        var operand = Bind(x.Operand);
        var position = BindNumber(x.Position);
        switch (operand.Type)
        {
            case TraceType.Tuple when position is BoundExpression.Number { Value: >= 0 and <= int.MaxValue and var number }: return BindElement(operand, (int)number, x.Span);
            case TraceType.Array array:
                if (position is BoundExpression.Number { Value: var at } && (at < 0 || at >= array.Count))
                    Error(TraceDiagnostics.NoSuchField, $"{array} has no element {at}", x.Position.Span, $"elements count from 0 to {array.Count - 1}");
                return new BoundExpression.At(operand, position, array.Element, x.Span);
            case TraceType.Text text: return new BoundExpression.At(operand, position, new TraceType.Integer(1, true), x.Span);
            case TraceType.Pointer pointer: return BindDereference(Combine(BinaryOperator.Add, operand, position, x.Span), x.Span);
            case TraceType.Nothing: return new BoundExpression.Nothing(x.Span);
            default:
                Error(TraceDiagnostics.TypeMismatch, $"{operand.Type} has no elements", x.Span, "only arrays, pointers and tuples have");
                return new BoundExpression.Nothing(x.Span);
        }
    }

    private BoundExpression BindTuple(IEnumerable<Expression> values, ImmutableArray<string> names, SourceSpan span)
    {
        ImmutableArray<BoundExpression> elements = [.. values.Select(Bind)];
        return elements.Any(e => e.Type is TraceType.Nothing)
            ? new BoundExpression.Nothing(span)
            : new BoundExpression.Tuple(elements, new TraceType.Tuple([.. elements.Select(e => TypeInference.Stored(KeptType(e.Type)))]) { Names = names }, span);
    }

    private BoundExpression BindRecord(Expression.Record x)
    {
        if (x.Fields.GroupBy(f => f.Name).FirstOrDefault(g => g.Count() > 1)?.Last() is { } repeated)
        {
            Error(TraceDiagnostics.Misplaced, $"the record has a field '{repeated.Name}' already", repeated.Span, "give it another name");
            return new BoundExpression.Nothing(x.Span);
        }

        return BindTuple(x.Fields.Select(f => f.Value), [.. x.Fields.Select(f => f.Name)], x.Span);
    }

    // An aggregate in a tuple or key is what it comes to.
    private static TraceType KeptType(TraceType type) => type is TraceType.Aggregate ? TraceType.Int64 : type;

    private BoundExpression BindCast(Expression.Cast x)
    {
        var operand = Bind(x.Operand);
        var type = BindType(x.Type);
        if (operand.Type is TraceType.Nothing || type is TraceType.Nothing) return new BoundExpression.Nothing(x.Span);
        if (IsNumber(operand.Type) && IsNumber(type))
        {
            // An address stays one of the memory that it was of.
            if (type is TraceType.Pointer to) type = to with { Space = SpaceOfAddress(operand.Type) };
            return operand is BoundExpression.Number n && type is TraceType.Integer whole ? n with { Value = ConstantArithmetic.Fit(n.Value, whole), Type = type, Span = x.Span } : new BoundExpression.Cast(operand, type, x.Span);
        }

        bool areBytes = operand.Type is TraceType.Array or TraceType.Text or TraceType.Buffer && type is TraceType.Array or TraceType.Integer or TraceType.Text;
        if (areBytes || (operand.Type is TraceType.Integer && type is TraceType.Array)) return new BoundExpression.Cast(operand, type is TraceType.Array { Count: 0 } any ? any with { Count = ValueLayout.SizeOf(operand.Type) / ValueLayout.SizeOf(any.Element) } : type, x.Span);
        if (operand.Type is TraceType.Record && type is TraceType.Record) return new BoundExpression.Cast(operand, type, x.Span);

        // In C an array is where it lies; and sizeof looks at what lies nowhere.
        if (operand.Type is TraceType.Array or TraceType.Text && type is TraceType.Pointer at && MemoryOf(operand) is { } space)
            return new BoundExpression.Cast(new BoundExpression.Address(operand, new TraceType.Pointer(operand.Type, space), x.Span), at with { Space = space }, x.Span);
        if (operand.Type is TraceType.Integer && type is TraceType.Record) return BindDereference(new BoundExpression.Cast(operand, new TraceType.Pointer(type, SpaceOfAddress(operand.Type)), x.Span), x.Span);
        Error(TraceDiagnostics.TypeMismatch, $"{operand.Type} cannot become {type}", x.Span);
        return new BoundExpression.Nothing(x.Span);
    }

    /// <summary>The memory that a number is an address of: a number in a probe of a process is one of that process.</summary>
    public MemorySpace SpaceOfAddress(TraceType type) =>
        type is TraceType.Pointer pointer ? pointer.Space
        : type is TraceType.Integer && Site is ProbeSite.UserProbe ? MemorySpace.User
        : MemorySpace.Kernel;
}
