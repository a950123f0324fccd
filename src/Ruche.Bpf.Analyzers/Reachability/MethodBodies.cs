// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ruche.Bpf.Analyzers.Reachability;

/// <summary>The code of methods of a compilation.</summary>
internal sealed class MethodBodies(Compilation compilation, CancellationToken cancellation)
{
    /// <summary>What a method does, as the C# compiler has understood it; empty when it has no code here.</summary>
    public IEnumerable<(IOperation Body, SemanticModel Model)> Of(IMethodSymbol method)
    {
        var declared = method.OriginalDefinition;
        foreach (var reference in (declared.PartialImplementationPart ?? declared).DeclaringSyntaxReferences)
        {
            foreach (var body in BodiesIn(reference.GetSyntax(cancellation), method))
            {
                var model = compilation.GetSemanticModel(body.SyntaxTree);
                if (model.GetOperation(body, cancellation) is { } operation) yield return (operation, model);
            }
        }
    }

    /// <summary>Whether a call of the method makes an object that goes on later.</summary>
    public bool IsStateMachine(IMethodSymbol method) => method.IsAsync
        || method.OriginalDefinition.DeclaringSyntaxReferences.Any(r => r.GetSyntax(cancellation).DescendantNodes(n => !IsFunction(n) || n == r.GetSyntax(cancellation)).Any(n => n is YieldStatementSyntax));

    private static bool IsFunction(SyntaxNode node) => node is LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax;

    private static IEnumerable<SyntaxNode> BodiesIn(SyntaxNode declaration, IMethodSymbol method) => declaration switch
    {
        BaseMethodDeclarationSyntax { Body: { } block } => [block],
        BaseMethodDeclarationSyntax { ExpressionBody: { } arrow } => [arrow],
        LocalFunctionStatementSyntax { Body: { } block } => [block],
        LocalFunctionStatementSyntax { ExpressionBody: { } arrow } => [arrow],
        AccessorDeclarationSyntax { Body: { } block } => [block],
        AccessorDeclarationSyntax { ExpressionBody: { } arrow } => [arrow],
        ArrowExpressionClauseSyntax arrow => [arrow],
        BasePropertyDeclarationSyntax property when method.MethodKind is MethodKind.PropertyGet => property.ChildNodes().OfType<ArrowExpressionClauseSyntax>(),
        _ => [],
    };
}
