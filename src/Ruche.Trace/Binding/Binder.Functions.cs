// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

/// <content>
/// Functions of the script's own. The body stands where it is called, with variables of its own: the kernel allows few calls inside each other,
/// and checks what is inlined with what is known about the arguments.
/// </content>
internal sealed partial class Binder
{
    private const int MostCalls = 500;

    private readonly Dictionary<string, Declaration.Subprogram> _functions = new(StringComparer.Ordinal);

    private void BindFunction(Declaration.Subprogram x)
    {
        if (!_functions.TryAdd(x.Name, x) && !ReferenceEquals(_functions[x.Name], x))
            Error(TraceDiagnostics.Misplaced, $"there is a function '{x.Name}' already", x.Span, "give it another name");
        if (SiteGroups.FindDistinguishing(x.Body) is { } name)
            Error(TraceDiagnostics.NotInThisProbe, $"'{name.Name}' is not known in a function, which belongs to no probe", name.Span, "hand it over as an argument, or write a macro");
    }

    private BoundExpression BindOwnCall(Declaration.Subprogram function, Expression.Call call)
    {
        if (_program.Call?.IsInside(function) ?? false)
        {
            Error(TraceDiagnostics.Recursion, $"function '{function.Name}' calls itself", call.Span, "a loop may do what it does");
            return new BoundExpression.Nothing(call.Span);
        }

        int count = function.Parameters.Length;
        string usage = $"{function.Name}({string.Join(", ", function.Parameters.Select(p => $"${p.Name}"))})";
        if (!CheckCount(call, count, count, usage)) return new BoundExpression.Nothing(call.Span);
        if (++_program.Calls > MostCalls)
        {
            if (_program.Calls == MostCalls + 1) Error(TraceDiagnostics.TooDeep, $"the probe calls functions more than {MostCalls} times", call.Span, "compute a part of it once, and keep it in a variable");
            return new BoundExpression.Nothing(call.Span);
        }

        ImmutableArray<BoundExpression> arguments = [.. call.Arguments.Select(Bind)];
        using var isolation = _program.Variables.Isolate();
        using var scope = _program.Variables.Open();
        var caller = _program.Call;
        int loops = _program.Loops;
        var body = ImmutableArray.CreateBuilder<BoundStatement>();
        for (int i = 0; i < count; i++) body.Add(Hand(arguments[i], function.Parameters[i].Name, function.Parameters[i].Type));
        OwnCall own = new(function, Result(function), caller);
        (_program.Call, _program.Loops) = (own, 0);
        if (own.Result is { } begins && BeginningOf(begins, call.Span) is { } beginning) body.Add(beginning);
        BindOwnBody(own, body);
        (_program.Call, _program.Loops) = (caller, loops);
        BoundExpression value = own.Result is null ? new BoundExpression.Nothing(call.Span) : new BoundExpression.Variable(own.Result, call.Span);
        return new BoundExpression.Block(body.ToImmutable(), value, call.Span) { IsFunction = true };
    }

    private void BindOwnBody(OwnCall own, ImmutableArray<BoundStatement>.Builder body)
    {
        foreach (var statement in own.Function.Body.Statements) Bind(statement, body);
        if (own.Function.Body.Value is { } last) BindReturn(new(last.Span, own.Result is null ? null : last), body);
        else if (own.Result is not null && !BoundWalk.StatementsIn(body).Any(s => s is BoundStatement.Return))
            Error(TraceDiagnostics.NoValue, $"function '{own.Function.Name}' returns nothing", own.Function.Returns.Span, "return a value in it, or let it be a function of type void");
    }

    private VariableSymbol? Result(Declaration.Subprogram function)
    {
        if (function.Returns is TypeName.Named { Name: "void" }) return null;
        var symbol = _program.Variables.Declare("");
        symbol.Inference.Add(BindType(function.Returns), isTentative: false, ref _changed);
        return symbol;
    }

    // What no return gives a value to is zero, or empty.
    private static BoundStatement.Assign? BeginningOf(VariableSymbol symbol, SourceSpan span) => symbol.Type switch
    {
        TraceType.Text => new(new BoundExpression.Variable(symbol, span), new BoundExpression.Literal([], span), span),
        { } type when IsNumber(type) => new(new BoundExpression.Variable(symbol, span), new BoundExpression.Number(0, type, span), span),
        _ => null,
    };

    private BoundStatement.Assign Hand(BoundExpression argument, string name, TypeName typeName)
    {
        var symbol = _program.Variables.Declare(name);
        var type = BindType(typeName);
        symbol.Inference.Add(type, isTentative: false, ref _changed);
        return Give(symbol, argument, type, typeName);
    }

    // A number is cut to the size that the function names; all else must be of its type.
    private BoundStatement.Assign Give(VariableSymbol symbol, BoundExpression value, TraceType type, TypeName typeName)
    {
        BoundExpression.Variable variable = new(symbol, value.Span);
        if (IsNumber(type) && IsNumber(value.Type)) value = new BoundExpression.Cast(value, type, value.Span);
        else if (value.Type is not TraceType.Nothing && TypeInference.Common(type, value.Type) != type)
            Error(TraceDiagnostics.TypeMismatch, $"{_source.Slice(typeName.Span)} is expected here, not {value.Type}", value.Span);
        return new(variable, value, value.Span);
    }

    private void BindReturn(Statement.Return x, ImmutableArray<BoundStatement>.Builder bound)
    {
        if (_program.Call is not { } own)
        {
            if (x.Value is not null) Error(TraceDiagnostics.NotSupported, "a probe returns no value", x.Span, "write 'return' alone");
        }
        else
        {
            if (own.MapLoops > 0) Error(TraceDiagnostics.NotSupported, "a function cannot return inside of a loop over a map", x.Span, "keep the value in a variable, and return it behind the loop");
            if (x.Value is null != own.Result is null) Error(TraceDiagnostics.NoValue, own.Result is null ? $"function '{own.Function.Name}' is of type void and returns no value" : $"function '{own.Function.Name}' returns a value", x.Span);
            else if (x.Value is { } value) bound.Add(Give(own.Result!, Bind(value), BindType(own.Function.Returns), own.Function.Returns));
        }

        bound.Add(new BoundStatement.Return(x.Span));
    }

    /// <summary>A call of a function whose body is being bound.</summary>
    private sealed class OwnCall(Declaration.Subprogram function, VariableSymbol? result, OwnCall? caller)
    {
        public Declaration.Subprogram Function { get; } = function;

        /// <summary>Takes what the function returns; null when that is nothing.</summary>
        public VariableSymbol? Result { get; } = result;

        /// <summary>How many loops over maps surround what is being bound.</summary>
        public int MapLoops { get; set; }

        public bool IsInside(Declaration.Subprogram other) => ReferenceEquals(Function, other) || (caller?.IsInside(other) ?? false);
    }
}
