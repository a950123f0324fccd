// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Ruche.Bpf.Analyzers.Declarations;

/// <summary>Which values are known when compiling: constants, and structs that are made of them.</summary>
internal static class ConstantValues
{
    public static bool IsConstant(IOperation? value) => value switch
    {
        null or IInvalidOperation => true,
        { ConstantValue.HasValue: true } => true,
        IDefaultValueOperation => true,
        IConversionOperation { OperatorMethod: null, Operand: var operand } => IsConstant(operand),
        IObjectCreationOperation { Arguments.IsEmpty: true, Type.IsValueType: true } made => made.Constructor is { IsImplicitlyDeclared: true } && (made.Initializer?.Initializers.All(IsConstantField) ?? true),
        _ => false,
    };

    private static bool IsConstantField(IOperation initializer) => initializer switch
    {
        ISimpleAssignmentOperation { Target: IFieldReferenceOperation, Value: var value } => IsConstant(value),
        IMemberInitializerOperation { InitializedMember: IFieldReferenceOperation } inner => inner.Initializer.Initializers.All(IsConstantField),
        _ => false,
    };
}
