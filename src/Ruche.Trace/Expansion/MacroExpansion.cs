// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Parsing;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Expansion;

/// <summary>
/// Puts the body of a macro where it is called, as a block. Variables of the body get names of their own; a parameter <c>$v</c> is the caller's
/// variable, <c>@m</c> the caller's map, and a plain name is replaced by what the caller wrote. What is expanded keeps its place in the source.
/// </summary>
internal sealed class MacroExpansion : SyntaxRewriter
{
    // Macros that call each other can make a tree of any size.
    private const int MostNodes = 200_000;

    private readonly MacroTable _macros;
    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private MacroCall? _call;
    private int _calls;
    private int _nodes;
    private int _depth;
    private bool _isTooLarge;

    private MacroExpansion(MacroTable macros, SourceText source, DiagnosticBag diagnostics) => (_macros, _source, _diagnostics) = (macros, source, diagnostics);

    /// <summary>The script without macros: those that it declares are gone, those that it calls are expanded.</summary>
    public static Script Expand(Script script, SourceText source, DiagnosticBag diagnostics)
    {
        MacroTable macros = new(script, source, diagnostics);
        if (macros.IsEmpty || diagnostics.HasErrors) return script;
        MacroExpansion expansion = new(macros, source, diagnostics);
        var expanded = script with { Declarations = [.. script.Declarations.Where(d => d is not Declaration.Macro).Select(expansion.OfDeclaration)] };
        if (!diagnostics.HasErrors && SyntaxDepth.FindTooDeep(expanded) is { } deep) expansion.TooLarge(deep.Span);
        return expanded;
    }

    protected override Expression OfName(Expression.Identifier x)
    {
        if (_call?.Arguments.GetValueOrDefault(x.Name) is { } argument) return Use(argument);
        return _macros.Find(x.Name, []) is { } macro ? Expand(macro, [], x.Span) : x;
    }

    protected override Expression.Variable OfVariable(Expression.Variable x)
    {
        if (_call is null) return x;
        return _call.Arguments.GetValueOrDefault(MacroTable.KeyOf(x)) is { Value: Expression.Variable given }
            ? x with { Name = given.Name }
            : x with { Name = VariableNames.Within(_call, x.Name) };
    }

    protected override Expression.Map OfMap(Expression.Map x)
    {
        string name = x.Name;
        if (_call is not null)
        {
            if (_call.Arguments.GetValueOrDefault($"@{name}") is { Value: Expression.Map given }) name = given.Name;
            else Error(TraceDiagnostics.Misplaced, $"macro '{_call.Macro.Name}' uses map '@{name}', which is none of its parameters", x.Span, $"give it a parameter @{name}, and the map in each call");
        }

        return x with { Name = name, Keys = OfEach(x.Keys) };
    }

    protected override Statement OfReturn(Statement.Return x)
    {
        if (_call is not null) Error(TraceDiagnostics.Misplaced, "a macro is a part of its caller and cannot return", x.Span, "its value is its last expression, written without ';'");
        return x with { Value = Of(x.Value) };
    }

    protected override Expression OfCall(Expression.Call x)
    {
        ImmutableArray<MacroArgument> arguments = [.. x.Arguments.Select(Measured)];
        var call = x with { Arguments = [.. arguments.Select(a => a.Value)] };
        if (_macros.Named(x.Name) is { Count: 0 }) return call;
        if (_macros.Find(x.Name, call.Arguments) is { } macro) return Expand(macro, arguments, x.Span);
        Refuse(call);
        return call;
    }

    [return: NotNullIfNotNull(nameof(expression))]
    protected override Expression? Of(Expression? expression)
    {
        if (expression is null) return null;
        _nodes++;
        if (_depth == SyntaxDepth.Deepest || _nodes > MostNodes)
        {
            TooLarge(expression.Span);
            return expression;
        }

        _depth++;
        var made = base.Of(expression);
        _depth--;
        return made;
    }

    private Declaration OfDeclaration(Declaration declaration) => declaration switch
    {
        Declaration.Probe x => x with { Predicate = Of(x.Predicate), Body = OfBlock(x.Body) },
        Declaration.Subprogram x => x with { Body = OfBlock(x.Body) },
        _ => declaration,
    };

    private Expression.Block Expand(Declaration.Macro macro, ImmutableArray<MacroArgument> arguments, SourceSpan span)
    {
        if (_call?.IsInside(macro) ?? false)
        {
            Error(TraceDiagnostics.Recursion, $"macro '{macro.Name}' calls itself", span, $"the calls are {_call.Chain} > {macro.Name}; a loop may do what it does");
            return new(span, [], null);
        }

        Dictionary<string, MacroArgument> named = new(StringComparer.Ordinal);
        for (int i = 0; i < arguments.Length; i++) named.Add(MacroTable.KeyOf(macro.Parameters[i]), arguments[i]);
        var caller = _call;
        _call = new(macro, ++_calls, named, caller);
        var body = OfBlock(macro.Body) with { Span = span };
        _call = caller;
        return body;
    }

    private MacroArgument Measured(Expression argument)
    {
        int before = _nodes;
        return new(Of(argument), _nodes - before);
    }

    private Expression Use(MacroArgument argument)
    {
        _nodes += argument.Size;
        return argument.Value;
    }

    // Says what is wrong about the macro that comes closest.
    private void Refuse(Expression.Call call)
    {
        var macros = _macros.Named(call.Name);
        string note = $"write {string.Join(" or ", macros.Select(MacroTable.Signature))}";
        if (macros.Find(m => m.Parameters.Length == call.Arguments.Length) is not { } closest)
        {
            Error(TraceDiagnostics.ArgumentCount, $"macro '{call.Name}' does not take {call.Arguments.Length} {(call.Arguments.Length == 1 ? "argument" : "arguments")}", call.Span, note);
            return;
        }

        int wrong = MacroTable.FirstRefused(closest, call.Arguments);
        var parameter = closest.Parameters[wrong];
        string wanted = parameter is Expression.Variable ? "a variable" : "a map without a key";
        Error(TraceDiagnostics.BadArgument, $"macro '{call.Name}' takes {wanted} as '{MacroTable.KeyOf(parameter)}'", call.Arguments[wrong].Span, note);
    }

    private void TooLarge(SourceSpan span)
    {
        if (!_isTooLarge) Error(TraceDiagnostics.TooDeep, "the macros that are expanded here grow too large", span, "compute a part of it once, and keep it in a variable");
        _isTooLarge = true;
    }

    private void Error(string id, string message, SourceSpan span, string note) => _diagnostics.Error(id, message, _source.Locate(span), note);
}
