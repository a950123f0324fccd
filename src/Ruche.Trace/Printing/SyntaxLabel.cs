// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Printing;

/// <summary>A node in a line: its kind, and what it says itself rather than its children.</summary>
internal static class SyntaxLabel
{
    public static string Of(SyntaxNode node) => node switch
    {
        Script => "Script",
        Declaration x => OfDeclaration(x),
        Statement x => OfStatement(x),
        Expression x => OfExpression(x),
        TypeName x => OfType(x),
        ConfigSetting x => $"Setting {x.Key}",
        Parameter x => $"Parameter ${x.Name}",
        RecordField x => $"Field {x.Name}",
        AttachPoint x => $"AttachPoint {string.Join(" | ", x.Parts.Select(p => p.Text))}",
        _ => throw new UnreachableException($"no case for {node.GetType().Name}"),
    };

    private static string OfDeclaration(Declaration declaration) => declaration switch
    {
        Declaration.Directive x => x.Keyword.Length == 0 ? "Directive that is none" : $"Directive {x.Keyword} ({x.Text.Length} characters)",
        Declaration.CType x => $"CType {x.Keyword} {x.Name} ({x.Text.Length} characters)",
        Declaration.Config => "Config",
        Declaration.Import => "Import",
        Declaration.Map x => $"Map @{x.Name}",
        Declaration.Macro x => $"Macro {x.Name}",
        Declaration.Subprogram x => $"Subprogram {x.Name}",
        Declaration.Probe x => x.Name is null ? "Probe" : $"Probe {x.Name}",
        _ => throw new UnreachableException($"no case for {declaration.GetType().Name}"),
    };

    private static string OfStatement(Statement statement) => statement switch
    {
        Statement.Assign { Operator: { } operation } => $"Assign {Operators.Spelling(operation)}=",
        Statement.Evaluate or Statement.Discard or Statement.Assign or Statement.Declare or Statement.ForEach or Statement.ForRange
            or Statement.While or Statement.Unroll or Statement.Break or Statement.Continue or Statement.Return or Statement.Import =>
            statement.GetType().Name,
        _ => throw new UnreachableException($"no case for {statement.GetType().Name}"),
    };

    private static string OfExpression(Expression expression) => expression switch
    {
        Expression.Integer x => $"Integer {x.Spelling}" + (x.Spelling == $"{x.Value}" ? "" : $" = {x.Value}"),
        Expression.String x => $"String {x.Spelling}",
        Expression.Boolean x => x.Value ? "Boolean true" : "Boolean false",
        Expression.Identifier x => $"Identifier {x.Name}",
        Expression.Variable x => $"Variable ${x.Name}",
        Expression.Map x => $"Map @{x.Name}",
        Expression.Positional x => $"Positional ${x.Number}",
        Expression.Unary x => $"Unary {x.Operator}",
        Expression.Binary x => $"Binary {Operators.Spelling(x.Operator)}",
        Expression.Conditional x => x.WhenTrue is null ? "Conditional ?:" : "Conditional",
        Expression.Block x => x.Value is null ? "Block" : "Block with a value",
        Expression.Call x => $"Call {x.Name}",
        Expression.Field x => x.IsArrow ? $"Field ->{x.Name}" : $"Field .{x.Name}",
        Expression.Element x => $"Element .{x.Position}",
        Expression.OffsetOf x => $"OffsetOf {string.Join('.', x.Path)}",
        Expression.ContainerOf x => $"ContainerOf {string.Join('.', x.Path)}",
        Expression.PositionalCount or Expression.If or Expression.Comptime or Expression.Index or Expression.Cast or Expression.Tuple
            or Expression.Record or Expression.Parenthesized or Expression.SizeOf or Expression.TypeInfo => expression.GetType().Name,
        _ => throw new UnreachableException($"no case for {expression.GetType().Name}"),
    };

    private static string OfType(TypeName type) => type switch
    {
        TypeName.Named x => $"Type {x.Name}",
        TypeName.Tagged x => $"Type {x.Keyword} {x.Name}",
        TypeName.Pointer => "Type pointer",
        TypeName.Array => "Type array",
        TypeName.TypeOf => "Type typeof",
        _ => throw new UnreachableException($"no case for {type.GetType().Name}"),
    };
}
