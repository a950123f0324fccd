// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Ruche.Bpf.Analyzers.Reachability;
using Ruche.Bpf.Analyzers.Symbols;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Bodies;

/// <summary>
/// Judges the code of one method, in the order in which it runs. What is done with a value that was refused is not spoken of again, as in the build.
/// </summary>
internal sealed partial class BodyChecker(ObjectAnalysis analysis, IMethodSymbol method, SemanticModel model) : OperationVisitor<object?, Worth>
{
    private readonly TypeSubstitution _types = new(method);
    private readonly HashSet<ILocalSymbol> _spoiled = new(SymbolEqualityComparer.Default);

    public override Worth Visit(IOperation? operation, object? argument)
    {
        if (operation is null) return Worth.Fine;
        if (operation.ConstantValue is { HasValue: true, Value: var value }) return Constant(operation, value);
        return operation.Kind is OperationKind.None ? Unnamed(operation) : operation.Accept(this, argument);
    }

    public override Worth DefaultVisit(IOperation operation, object? argument) => Whole(operation);

    public override Worth VisitInvalid(IInvalidOperation operation, object? argument)
    {
        Children(operation);
        return Worth.Spoiled;
    }

    private Worth Whole(IOperation operation) => Children(operation) is Worth.Spoiled ? Worth.Spoiled : Judged(operation);

    private Worth Constant(IOperation operation, object? value) => value switch
    {
        string => Worth.Text,
        null => operation.Type?.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer ? Worth.Fine : Worth.Text,
        _ => Judged(operation),
    };

    private Worth Children(IOperation operation)
    {
        var worth = Worth.Fine;
        foreach (var child in operation.ChildOperations)
        {
            if (Visit(child, null) is Worth.Spoiled) worth = Worth.Spoiled;
        }

        return worth;
    }

    /// <summary>A value of the type that programs have none of is refused.</summary>
    private Worth Judged(IOperation operation) => operation.Type is { } type && Refuse(type) is { } refusal ? Refuse(refusal, operation) : Worth.Fine;

    private Refusal? Refuse(ITypeSymbol type) => analysis.Types.Refuse(_types.Apply(type));

    private Worth Refuse(Refusal refusal, IOperation operation) => Refuse(refusal, operation.Syntax.GetLocation());

    private Worth Refuse(Refusal refusal, Location where)
    {
        analysis.Report(refusal, where);
        return Worth.Spoiled;
    }

    /// <summary>A text, or null, that is kept or handed on as a value.</summary>
    private Worth RefuseText(IOperation value, ITypeSymbol? type) => Refuse((type is null ? null : Refuse(type)) ?? Refusals.StringUsed, value);

    private static Location KeywordOf(IOperation operation) => operation.Syntax.GetFirstToken().GetLocation();

    private bool IsBoxed(ITypeSymbol? from, ITypeSymbol? to) => from is not null && to is not null && to.IsReferenceType && (from.IsValueType || from is ITypeParameterSymbol) && !_types.Apply(from).IsReferenceType;

    // Some code has no operation of its own.
    private Worth Unnamed(IOperation operation) => operation.Syntax switch
    {
        StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax => StackAllocation(operation),
        _ when operation.Syntax.IsKind(SyntaxKind.MakeRefExpression) => Refuse(Refusals.NoCounterpart("mkrefany"), operation),
        InvocationExpressionSyntax { Expression: var called } when called.IsKind(SyntaxKind.ArgListExpression) => Refuse(Refusals.NoCounterpart("arglist"), operation),
        _ => Whole(operation),
    };

    private Worth StackAllocation(IOperation operation)
    {
        if (Children(operation) is Worth.Spoiled) return Worth.Spoiled;
        if (operation.Syntax is not StackAllocArrayCreationExpressionSyntax { Type: ArrayTypeSyntax array }) return Worth.Fine;
        var size = array.RankSpecifiers.First().Sizes.First();
        if (size.IsKind(SyntaxKind.OmittedArraySizeExpression)) return Worth.Fine;
        if (model.GetConstantValue(size) is not { HasValue: true, Value: { } count }) return Refuse(Refusals.StackSizeUnknown, operation);
        long bytes = Convert.ToInt64(count, null) * BytesOf(model.GetTypeInfo(array.ElementType).Type);
        return bytes > 512 ? Refuse(Refusals.StackTooLarge(bytes), operation) : Worth.Fine;
    }

    // Of a struct, only the build knows how large it is.
    private static int BytesOf(ITypeSymbol? type) => type switch
    {
        { SpecialType: SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char } => 2,
        { SpecialType: SpecialType.System_Int32 or SpecialType.System_UInt32 } => 4,
        { SpecialType: SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr } or { TypeKind: TypeKind.Pointer } => 8,
        _ => 1,
    };
}
