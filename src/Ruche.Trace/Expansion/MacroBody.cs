// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ruche.Trace.Parsing;
using Ruche.Trace.Preamble;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Expansion;

/// <summary>
/// Puts what a C macro stands for where the macro is written: what is wrong in it is told there, and what is wrong in an argument where that is. An
/// argument stays one value, whether the macro has parentheses around its parameter or not.
/// </summary>
internal sealed class MacroBody(SourceSpan place, Func<string, CMacro?> macros) : SyntaxRewriter
{
    // Macros that call each other can make a tree of any size.
    private const int MostNodes = 200_000;
    private const int MostNesting = 32;

    // Those whose bodies are being read: in its own body a macro is a name like others.
    private readonly HashSet<string> _inside = new(StringComparer.Ordinal);

    // Null in what the script itself says.
    private Dictionary<string, MacroArgument>? _arguments;
    private int _nodes;

    /// <summary>Whether there was too much to expand, so that something of it is left out.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>The same expression, at the place.</summary>
    public Expression Placed(Expression body)
    {
        _arguments = [];
        return Of(body);
    }

    /// <summary>What a call stands for; the call itself when that is no value.</summary>
    public Expression Expanded(Expression.Call call) => OfCall(call);

    [return: NotNullIfNotNull(nameof(expression))]
    protected override Expression? Of(Expression? expression)
    {
        IsTooLarge |= ++_nodes > MostNodes;
        if (expression is null || IsTooLarge) return expression;
        if (expression is Expression.Identifier { Name: var name } && _arguments?.GetValueOrDefault(name) is { } argument)
        {
            _nodes += argument.Size;
            return argument.Value;
        }

        var same = base.Of(expression);
        return _arguments is null ? same : same with { Span = place };
    }

    protected override Statement OfStatement(Statement statement) => base.OfStatement(statement) is var same && _arguments is null ? same : same with { Span = place };

    [return: NotNullIfNotNull(nameof(type))]
    protected override TypeName? OfType(TypeName? type) => base.OfType(type) is { } same && _arguments is not null ? same with { Span = place } : type;

    protected override Expression OfName(Expression.Identifier x) => x;

    protected override Expression OfCall(Expression.Call x)
    {
        ImmutableArray<MacroArgument> given = [.. x.Arguments.Select(Measured)];
        var call = x with { Arguments = [.. given.Select(a => a.Value)] };
        if (macros(x.Name) is not { } macro || macro.Parameters.Length != given.Length || Parser.ParseExpression(macro.Text) is not { } body) return call;
        IsTooLarge |= _inside.Count == MostNesting;
        if (IsTooLarge || !_inside.Add(x.Name)) return call;
        var outer = _arguments;
        _arguments = new(StringComparer.Ordinal);
        for (int i = 0; i < given.Length; i++) _arguments[macro.Parameters[i]] = given[i];
        var expanded = Of(body);
        _arguments = outer;
        _inside.Remove(x.Name);
        return expanded;
    }

    protected override Expression.Variable OfVariable(Expression.Variable x) => _arguments is null ? x : x with { Span = place };

    protected override Expression.Map OfMap(Expression.Map x) => x with { Keys = OfEach(x.Keys), Span = _arguments is null ? x.Span : place };

    protected override Statement OfReturn(Statement.Return x) => x;

    private MacroArgument Measured(Expression argument)
    {
        int before = _nodes;
        return new(Of(argument), _nodes - before);
    }
}
