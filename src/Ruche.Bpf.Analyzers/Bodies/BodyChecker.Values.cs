// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Ruche.Bpf.Analyzers.Symbols;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Bodies;

/// <content>Variables, operators, conversions, and what makes objects.</content>
internal sealed partial class BodyChecker
{
    public override Worth VisitLocalReference(ILocalReferenceOperation operation, object? argument)
    {
        var local = operation.Local;
        if (_spoiled.Contains(local)) return Worth.Spoiled;
        if ((Refuse(local.Type) ?? (local.RefKind is RefKind.None ? CopyOf(local.Type) : null)) is not { } refusal) return Worth.Fine;
        _spoiled.Add(local);
        return Refuse(refusal, operation);
    }

    // Who calls has been told.
    public override Worth VisitParameterReference(IParameterReferenceOperation operation, object? argument) => Refuse(operation.Parameter.Type) is null ? Worth.Fine : Worth.Spoiled;

    public override Worth VisitInstanceReference(IInstanceReferenceOperation operation, object? argument) => operation.Type is { IsReferenceType: true } ? Worth.Spoiled : Worth.Fine;

    public override Worth VisitFieldReference(IFieldReferenceOperation operation, object? argument) => Target(operation, isRead: true);

    public override Worth VisitLiteral(ILiteralOperation operation, object? argument) => Judged(operation);

    // A delegate or an object in it: the event was told of where it is declared.
    public override Worth VisitEventReference(IEventReferenceOperation operation, object? argument) => Worth.Spoiled;

    public override Worth VisitDiscardOperation(IDiscardOperation operation, object? argument) => Worth.Fine;

    /// <summary>A place that is written to, or read.</summary>
    private Worth Target(IOperation operation, bool isRead)
    {
        switch (operation)
        {
            case IFieldReferenceOperation { Field: { IsStatic: true } field }:
                if (TypeNames.IsOfBaseLibrary(field)) return Refuse(Refusals.FieldNotInKernel(TypeNames.Of(field.ContainingType), field.Name), operation);
                if (!field.Locations.Any(l => l.IsInSource)) return Judged(operation);
                return analysis.Fields.IsAccepted(field, operation.Syntax.GetLocation()) ? Worth.Fine : Worth.Spoiled;
            case IFieldReferenceOperation field:
                return Visit(field.Instance, null) is Worth.Spoiled ? Worth.Spoiled : Judged(operation);
            case IPropertyReferenceOperation property:
                return Property(property, isRead, isWritten: !isRead);
            default:
                return Visit(operation, null);
        }
    }

    public override Worth VisitBinaryOperator(IBinaryOperation operation, object? argument)
    {
        if (operation is { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }) return Concatenated(operation);
        Worth left = Visit(operation.LeftOperand, null), right = Visit(operation.RightOperand, null);
        if (left is Worth.Spoiled || right is Worth.Spoiled) return Worth.Spoiled;
        if (operation.OperatorMethod is { } called && !IsBuiltIn(called)) return Called(called, operation, operation.LeftOperand.Type, [left, right], null);
        if (left is Worth.Text || right is Worth.Text) return Refuse(Refusals.StringUsed, operation);
        return operation.IsChecked && IsWhole(operation.Type) && IsCheckable(operation.OperatorKind) ? Refuse(Refusals.Checked, operation) : Judged(operation);
    }

    private Worth Concatenated(IBinaryOperation operation)
    {
        var refusal = Refusals.NotInKernel("System.String", "Concat");
        foreach (var part in new[] { operation.LeftOperand, operation.RightOperand })
        {
            // What is no text is made one, not boxed.
            var made = part is IConversionOperation { IsImplicit: true, Operand: { Type: INamedTypeSymbol { IsValueType: true } } inner } ? inner : part;
            if (Visit(made, null) is Worth.Spoiled) return Worth.Spoiled;
            if (made != part) refusal = Refusals.NotInKernel(TypeNames.Of((INamedTypeSymbol)made.Type!), "ToString");
        }

        return Refuse(refusal, operation);
    }

    public override Worth VisitUnaryOperator(IUnaryOperation operation, object? argument)
    {
        var worth = Visit(operation.Operand, null);
        if (worth is Worth.Spoiled) return worth;
        if (operation.OperatorMethod is { } called && !IsBuiltIn(called)) return Called(called, operation, operation.Operand.Type, [worth], null);
        return operation.IsChecked && operation.OperatorKind is UnaryOperatorKind.Minus && IsWhole(operation.Type) ? Refuse(Refusals.Checked, operation) : Judged(operation);
    }

    public override Worth VisitIncrementOrDecrement(IIncrementOrDecrementOperation operation, object? argument)
    {
        var worth = Updated(operation.Target);
        if (worth is Worth.Spoiled) return worth;
        if (operation.OperatorMethod is { } called) return Called(called, operation, operation.Target.Type, [worth], null);
        return operation.IsChecked && IsWhole(operation.Type) ? Refuse(Refusals.Checked, operation) : Judged(operation);
    }

    public override Worth VisitCompoundAssignment(ICompoundAssignmentOperation operation, object? argument)
    {
        Worth target = Updated(operation.Target), value = Visit(operation.Value, null);
        if (target is Worth.Spoiled || value is Worth.Spoiled) return Worth.Spoiled;
        if (operation.OperatorMethod is { } called && !IsBuiltIn(called)) return Called(called, operation, operation.Target.Type, [target, value], null);
        if (value is Worth.Text) return Refuse(Refusals.StringUsed, operation);
        return operation.IsChecked && IsWhole(operation.Type) && IsCheckable(operation.OperatorKind) ? Refuse(Refusals.Checked, operation) : Judged(operation);
    }

    public override Worth VisitConversion(IConversionOperation operation, object? argument)
    {
        var worth = Visit(operation.Operand, null);
        if (operation.Operand.Type is IDynamicTypeSymbol) return Refuse(Refusals.Dynamic, operation);
        if (worth is Worth.Spoiled) return worth;
        if (operation.OperatorMethod is { } called) return Called(called, operation, operation.Operand.Type, [worth], null);
        if (worth is Worth.Text && operation.Type is { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer }) return Worth.Fine;
        if (worth is Worth.Text) return operation.Type is { IsValueType: true } ? Refuse(Refusals.StringUsed, operation) : worth;
        if (IsBoxed(operation.Operand.Type, operation.Type)) return Refuse(Refusals.Boxed, operation);
        bool isCut = operation.IsChecked && !operation.Conversion.IsImplicit && operation.Conversion.IsNumeric && IsWhole(operation.Operand.Type) && IsWhole(operation.Type);
        return isCut ? Refuse(Refusals.Checked, operation) : Judged(operation);
    }

    public override Worth VisitConditional(IConditionalOperation operation, object? argument)
    {
        Visit(operation.Condition, null);
        Worth one = Visit(operation.WhenTrue, null), other = Visit(operation.WhenFalse, null);
        return one is Worth.Spoiled || other is Worth.Spoiled ? Worth.Spoiled : one is Worth.Text ? one : operation.Type is null ? Worth.Fine : Judged(operation);
    }

    public override Worth VisitSwitchExpression(ISwitchExpressionOperation operation, object? argument)
    {
        var worth = Visit(operation.Value, null);
        foreach (var arm in operation.Arms)
        {
            Visit(arm.Pattern, null);
            Visit(arm.Guard, null);
            if (Visit(arm.Value, null) is var value and not Worth.Fine) worth = value;
        }

        if (!operation.IsExhaustive) return Refuse(Refusals.NotExhaustive, KeywordOf(operation));
        return worth is Worth.Fine ? Judged(operation) : worth;
    }

    // What is asked of nothing is not asked.
    public override Worth VisitConditionalAccess(IConditionalAccessOperation operation, object? argument)
    {
        var worth = Visit(operation.Operation, null);
        if (worth is Worth.Text) return Refuse(Refusals.StringUsed, operation);
        return worth is Worth.Spoiled || Visit(operation.WhenNotNull, null) is Worth.Spoiled ? Worth.Spoiled : Judged(operation);
    }

    public override Worth VisitIsType(IIsTypeOperation operation, object? argument) => Asked(operation, operation.ValueOperand, isOfType: true);

    public override Worth VisitIsPattern(IIsPatternOperation operation, object? argument)
    {
        var worth = Asked(operation, operation.Value, operation.Pattern is ITypePatternOperation or IDeclarationPatternOperation);
        if (worth is Worth.Fine) Visit(operation.Pattern, null);
        return worth;
    }

    private Worth Asked(IOperation operation, IOperation value, bool isOfType)
    {
        var worth = Visit(value, null);
        if (worth is Worth.Text) return Refuse(Refusals.ObjectUsed, operation);
        return worth is Worth.Fine && isOfType && value.Type is ITypeParameterSymbol ? Refuse(Refusals.Boxed, operation) : worth;
    }

    public override Worth VisitArrayCreation(IArrayCreationOperation operation, object? argument)
    {
        foreach (var size in operation.DimensionSizes)
        {
            if (Visit(size, null) is Worth.Spoiled) return Worth.Spoiled;
        }

        Refuse(Refusals.ArrayMade, operation);
        Visit(operation.Initializer, null);
        return Worth.Spoiled;
    }

    public override Worth VisitCollectionExpression(ICollectionExpressionOperation operation, object? argument)
    {
        var worth = Children(operation);
        if (worth is Worth.Spoiled || operation.Type is not { } type) return worth;
        if (operation.Type.IsValueType) return Judged(operation);
        bool isArray = type is IArrayTypeSymbol || type.TypeKind is TypeKind.Interface;
        return Refuse(isArray ? Refusals.ArrayMade : Refusals.ObjectMade(TypeNames.Of((INamedTypeSymbol)type)), operation);
    }

    public override Worth VisitInterpolatedString(IInterpolatedStringOperation operation, object? argument) => Refuse(Refusals.StringUsed, operation);

    public override Worth VisitInterpolatedStringHandlerCreation(IInterpolatedStringHandlerCreationOperation operation, object? argument) => Refuse(Refusals.StringUsed, operation);

    public override Worth VisitAnonymousObjectCreation(IAnonymousObjectCreationOperation operation, object? argument) =>
        operation.Initializers.OfType<ISimpleAssignmentOperation>().Select(i => Visit(i.Value, null)).ToList().Contains(Worth.Spoiled) ? Worth.Spoiled : Refuse(Refusals.ObjectMade("new { … }"), operation);

    public override Worth VisitTypeParameterObjectCreation(ITypeParameterObjectCreationOperation operation, object? argument) => Refuse(Refusals.NotInKernel("System.Activator", "CreateInstance"), operation);

    public override Worth VisitDelegateCreation(IDelegateCreationOperation operation, object? argument) => Refuse(Refusals.DelegateMade, operation);

    public override Worth VisitAnonymousFunction(IAnonymousFunctionOperation operation, object? argument) => Refuse(Refusals.DelegateMade, operation);

    public override Worth VisitTypeOf(ITypeOfOperation operation, object? argument) => Refuse(Refusals.TypeAsked, operation);

    public override Worth VisitSizeOf(ISizeOfOperation operation, object? argument) => Refuse(operation.TypeOperand) is { } refusal ? Refuse(refusal, operation) : Worth.Fine;

    public override Worth VisitDynamicInvocation(IDynamicInvocationOperation operation, object? argument) => Dynamic(operation);

    public override Worth VisitDynamicMemberReference(IDynamicMemberReferenceOperation operation, object? argument) => Dynamic(operation);

    public override Worth VisitDynamicIndexerAccess(IDynamicIndexerAccessOperation operation, object? argument) => Dynamic(operation);

    private Worth Dynamic(IOperation operation)
    {
        Children(operation);
        return Refuse(Refusals.Dynamic, operation);
    }

    // The ends of a range are numbers here, and no objects of their own.
    public override Worth VisitImplicitIndexerReference(IImplicitIndexerReferenceOperation operation, object? argument)
    {
        var worth = Visit(operation.Instance, null);
        foreach (var end in operation.Argument is IRangeOperation range ? new[] { range.LeftOperand, range.RightOperand } : [operation.Argument])
        {
            if (Visit(Unwrapped(end), null) is Worth.Spoiled) worth = Worth.Spoiled;
        }

        return worth is Worth.Text ? Refuse(Refusals.StringUsed, operation) : worth is Worth.Spoiled ? worth : Judged(operation);
    }

    public override Worth VisitInlineArrayAccess(IInlineArrayAccessOperation operation, object? argument)
    {
        var worth = Visit(operation.Instance, null);
        return Visit(Unwrapped(operation.Argument), null) is Worth.Spoiled || worth is Worth.Spoiled ? Worth.Spoiled : Judged(operation);
    }

    private static IOperation? Unwrapped(IOperation? operation) => operation switch
    {
        IConversionOperation { Type.Name: "Index", Operand: var inner } => Unwrapped(inner),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand: var inner } => Unwrapped(inner),
        _ => operation,
    };

    // Read, and written again.
    private Worth Updated(IOperation target) => target is IPropertyReferenceOperation property ? Property(property, isRead: true, isWritten: true) : Target(target, isRead: true);

    private static bool IsBuiltIn(IMethodSymbol called) => called.MethodKind is MethodKind.BuiltinOperator || called.ContainingType is { SpecialType: SpecialType.System_String or SpecialType.System_Object or SpecialType.System_Delegate };

    private static bool IsCheckable(BinaryOperatorKind kind) => kind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply;

    private static bool IsWhole(ITypeSymbol? type) => type is { SpecialType: (>= SpecialType.System_Char and <= SpecialType.System_UInt64) or SpecialType.System_IntPtr or SpecialType.System_UIntPtr };
}
