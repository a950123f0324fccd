// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Trace.Syntax;

/// <summary>What each node consists of, in the order written.</summary>
internal static class SyntaxChildren
{
    public static IEnumerable<SyntaxNode> Of(SyntaxNode node) => node switch
    {
        Script x => x.Declarations,
        Declaration x => OfDeclaration(x).OfType<SyntaxNode>(),
        Statement x => OfStatement(x).OfType<SyntaxNode>(),
        Expression x => OfExpression(x).OfType<SyntaxNode>(),
        TypeName x => OfType(x).OfType<SyntaxNode>(),
        ConfigSetting x => [x.Value],
        Parameter x => [x.Type],
        RecordField x => [x.Value],
        AttachPoint => [],
        _ => throw new UnreachableException($"no case for {node.GetType().Name}"),
    };

    private static IEnumerable<SyntaxNode?> OfDeclaration(Declaration declaration) => declaration switch
    {
        Declaration.Directive or Declaration.CType => [],
        Declaration.Config x => x.Settings,
        Declaration.Import x => [x.Path],
        Declaration.Map x => [x.Kind],
        Declaration.Macro x => [.. x.Parameters, x.Body],
        Declaration.Subprogram x => [.. x.Parameters, x.Returns, x.Body],
        Declaration.Probe x => [.. x.AttachPoints, x.Predicate, x.Body],
        _ => throw new UnreachableException($"no case for {declaration.GetType().Name}"),
    };

    private static IEnumerable<SyntaxNode?> OfStatement(Statement statement) => statement switch
    {
        Statement.Evaluate x => [x.Expression],
        Statement.Discard x => [x.Expression],
        Statement.Assign x => [x.Target, x.Value],
        Statement.Declare x => [x.Variable, x.Type, x.Value],
        Statement.ForEach x => [x.Variable, x.Map, x.Body],
        Statement.ForRange x => [x.Variable, x.From, x.To, x.Body],
        Statement.While x => [x.Condition, x.Body],
        Statement.Unroll x => [x.Count, x.Body],
        Statement.Break or Statement.Continue => [],
        Statement.Return x => [x.Value],
        Statement.Import x => [x.Path],
        _ => throw new UnreachableException($"no case for {statement.GetType().Name}"),
    };

    private static IEnumerable<SyntaxNode?> OfExpression(Expression expression) => expression switch
    {
        Expression.Integer or Expression.String or Expression.Boolean or Expression.Identifier or Expression.Variable
            or Expression.Positional or Expression.PositionalCount => [],
        Expression.Map x => x.Keys,
        Expression.Unary x => [x.Operand],
        Expression.Binary x => [x.Left, x.Right],
        Expression.Conditional x => [x.Condition, x.WhenTrue, x.WhenFalse],
        Expression.If x => [x.Condition, x.Then, x.Else],
        Expression.Block x => [.. x.Statements, x.Value],
        Expression.Comptime x => [x.Operand],
        Expression.Call x => x.Arguments,
        Expression.Field x => [x.Operand],
        Expression.Element x => [x.Operand],
        Expression.Index x => [x.Operand, x.Position],
        Expression.Cast x => [x.Type, x.Operand],
        Expression.Tuple x => x.Elements,
        Expression.Record x => x.Fields,
        Expression.Parenthesized x => [x.Inner],
        Expression.SizeOf x => [x.Subject],
        Expression.TypeInfo x => [x.Subject],
        Expression.OffsetOf x => [x.Subject],
        Expression.ContainerOf x => [x.Pointer, x.Subject],
        _ => throw new UnreachableException($"no case for {expression.GetType().Name}"),
    };

    private static IEnumerable<SyntaxNode?> OfType(TypeName type) => type switch
    {
        TypeName.Named or TypeName.Tagged => [],
        TypeName.Pointer x => [x.Target],
        TypeName.Array x => [x.Element, x.Size],
        TypeName.TypeOf x => [x.Subject],
        _ => throw new UnreachableException($"no case for {type.GetType().Name}"),
    };
}
