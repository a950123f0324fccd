// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Ruche.Bpf.Analyzers.Symbols;

namespace Ruche.Bpf.Analyzers.Declarations;

/// <summary>Which values are known when compiling: constants, and what is made of them. What code makes of them, only the build knows.</summary>
internal static class ConstantValues
{
    public static bool IsConstant(IOperation? value) => value switch
    {
        null or IInvalidOperation => true,
        { ConstantValue.HasValue: true } => true,
        IDefaultValueOperation => true,
        IConversionOperation { Operand: var operand, OperatorMethod: var called } => IsConstant(operand) && IsFollowed(called),
        IObjectCreationOperation { Type.IsValueType: true } made => IsFollowed(made.Constructor) && made.Arguments.All(a => IsConstant(a.Value)) && (made.Initializer?.Initializers.All(IsConstantField) ?? true),
        IInvocationOperation { TargetMethod: { IsStatic: true } called } invocation => IsFollowed(called) && invocation.Arguments.All(a => IsConstant(a.Value)),
        IFieldReferenceOperation { Field.IsStatic: true } field => IsFollowed(field.Field),
        IBinaryOperation binary => IsFollowed(binary.OperatorMethod) && IsConstant(binary.LeftOperand) && IsConstant(binary.RightOperand),
        IUnaryOperation unary => IsFollowed(unary.OperatorMethod) && IsConstant(unary.Operand),
        ITupleOperation tuple => tuple.Elements.All(IsConstant),
        _ => false,
    };

    // A helper of the kernel answers only when a program runs.
    private static bool IsFollowed(ISymbol? called) => called is null || called.IsImplicitlyDeclared
        || (!TypeNames.IsOfBaseLibrary(called) && !(called is IMethodSymbol method && (KernelSymbols.IsHelper(method) || KernelSymbols.IsIntrinsic(method) || KernelSymbols.IsAddress(method))));

    private static bool IsConstantField(IOperation initializer) => initializer switch
    {
        ISimpleAssignmentOperation { Target: IFieldReferenceOperation, Value: var value } => IsConstant(value),
        IMemberInitializerOperation { InitializedMember: IFieldReferenceOperation } inner => inner.Initializer.Initializers.All(IsConstantField),
        _ => false,
    };
}
