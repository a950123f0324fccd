// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Ruche.Bpf.Analyzers.Symbols;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Bodies;

/// <content>Calls of methods, properties and constructors.</content>
internal sealed partial class BodyChecker
{
    public override Worth VisitInvocation(IInvocationOperation operation, object? argument)
    {
        Worth[] given = [.. Receiver(operation.Instance), .. Arguments(operation.Arguments)];
        return Called(operation.TargetMethod, operation, operation.Instance?.Type ?? operation.ConstrainedToType, given, operation.Arguments);
    }

    public override Worth VisitPropertyReference(IPropertyReferenceOperation operation, object? argument) => Property(operation, isRead: true, isWritten: false);

    public override Worth VisitObjectCreation(IObjectCreationOperation operation, object? argument)
    {
        Worth[] given = Arguments(operation.Arguments);
        if (operation is not { Constructor: { } constructor, Type: INamedTypeSymbol type } || given.Contains(Worth.Spoiled)) return Worth.Spoiled;
        var worth = type.IsReferenceType ? Refuse(Made(type), operation) : Structure(operation, constructor, type, given);
        if (worth is Worth.Fine) Visit(operation.Initializer, null);
        return worth;
    }

    private static Refusal Made(INamedTypeSymbol type) => TypeNames.Of(type) is var name && name.EndsWith("Exception", StringComparison.Ordinal) ? Refusals.NotInKernel(name, ".ctor") : Refusals.ObjectMade(name);

    private Worth Structure(IObjectCreationOperation operation, IMethodSymbol constructor, INamedTypeSymbol type, Worth[] given)
    {
        if (Refuse(type) is { } refusal) return Refuse(refusal, operation);
        return constructor.IsImplicitlyDeclared && constructor.Parameters.IsEmpty ? Worth.Fine : Called(constructor, operation, null, given, operation.Arguments);
    }

    public override Worth VisitFunctionPointerInvocation(IFunctionPointerInvocationOperation operation, object? argument) =>
        Children(operation) is Worth.Spoiled ? Worth.Spoiled : Refuse(Refusals.CalledThroughPointer, operation);

    // The address of a method that a helper calls back.
    public override Worth VisitMethodReference(IMethodReferenceOperation operation, object? argument)
    {
        var called = _types.Apply(operation.Method, null);
        foreach (var type in called.Parameters.Select(p => p.Type).Append(called.ReturnType))
        {
            if (analysis.Types.Refuse(type) is not null || type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None }) return Refuse(DeclarationRefusals.Callback(TypeNames.Of(called), TypeNames.Said(type)), operation);
        }

        return FollowSource(called, operation.Syntax.GetLocation());
    }

    private Worth Property(IPropertyReferenceOperation operation, bool isRead, bool isWritten)
    {
        Worth[] given = [.. Receiver(operation.Instance), .. Arguments(operation.Arguments)];
        var worth = Worth.Fine;
        var (getter, setter) = (Getter(operation.Property), Setter(operation.Property));
        if (isRead && getter is not null) worth = Called(getter, operation, operation.Instance?.Type ?? operation.ConstrainedToType, given, operation.Arguments);
        if (isWritten && worth is Worth.Fine && setter is not null) worth = Called(setter, operation, operation.Instance?.Type ?? operation.ConstrainedToType, given, operation.Arguments);
        if (isWritten && worth is Worth.Fine && setter is null && getter is not null) worth = Called(getter, operation, operation.Instance?.Type, given, operation.Arguments);
        return worth;
    }

    private static IMethodSymbol? Getter(IPropertySymbol? property) => property is null ? null : property.GetMethod ?? Getter(property.OverriddenProperty);

    private static IMethodSymbol? Setter(IPropertySymbol? property) => property is null ? null : property.SetMethod ?? Setter(property.OverriddenProperty);

    private Worth[] Receiver(IOperation? instance) => instance is null ? [] : [Visit(instance, null)];

    private Worth[] Arguments(ImmutableArray<IArgumentOperation> arguments) => [.. arguments.Select(a => Visit(a.Value, null))];

    /// <summary>Judges a call whose operands have been looked at.</summary>
    private Worth Called(IMethodSymbol called, IOperation where, ITypeSymbol? receiver, Worth[] given, ImmutableArray<IArgumentOperation>? arguments)
    {
        var target = _types.Apply(called, receiver);
        if (given.Contains(Worth.Spoiled))
        {
            if (target.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction && (target.IsStatic || target.ContainingType.IsValueType) && !analysis.Bodies.IsStateMachine(target)) FollowQuietly(target, where);
            return Worth.Spoiled;
        }

        if (called.MethodKind is MethodKind.DelegateInvoke) return Refuse(Refusals.Late(TypeNames.Of(called)), where);
        if (IsLowered(target)) return Lowered(target, where, given, arguments);
        if (receiver is not null && IsLate(target, _types.Apply(receiver)) is { } late) return Refuse(late, where);
        if (TypeNames.IsOfBaseLibrary(target)) return OfBaseLibrary(target, where, given);
        if (!IsHere(target)) return Judged(where);
        if (TextIn(given, arguments) is { } text) return RefuseText(text, (text.Parent as IArgumentOperation)?.Parameter?.Type);
        return CopiedIn(arguments) is { } copied ? Refuse(copied, where) : FollowSource(target, where.Syntax.GetLocation());
    }

    // A method of a type parameter or an interface is one of the struct that stands for it; others are looked up when they are called.
    private static Refusal? IsLate(IMethodSymbol target, ITypeSymbol receiver)
    {
        bool isOfObject = target.ContainingType.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum;
        if (isOfObject && receiver.IsValueType) return Refusals.Boxed;
        return target is { ContainingType.TypeKind: TypeKind.Interface } and ({ IsAbstract: true } or { IsVirtual: true }) && !receiver.IsReferenceType ? Refusals.Late(TypeNames.Of(target)) : null;
    }

    private Worth OfBaseLibrary(IMethodSymbol target, IOperation where, Worth[] given)
    {
        string type = TypeNames.Of(target.ContainingType);
        if (!BaseLibraryMethods.Has(type, target.MetadataName, KindOf(target.ReturnType)))
        {
            var refusal = Refusals.NotInKernel(type, target.MetadataName);
            return Refuse(refusal.Id == RuleIds.Heap && given.Contains(Worth.Text) ? Refusals.StringUsed : refusal, where);
        }

        foreach (var argument in target.TypeArguments.Concat(target.ContainingType.TypeArguments))
        {
            if (Refuse(argument) is { } unusable) return Refuse(unusable, where);
        }

        return Worth.Fine;
    }

    private ReturnKind KindOf(ITypeSymbol type) => (_types.Apply(type) is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : _types.Apply(type)).SpecialType switch
    {
        (>= SpecialType.System_Int32 and <= SpecialType.System_UInt64) or SpecialType.System_IntPtr or SpecialType.System_UIntPtr => ReturnKind.Wide,
        >= SpecialType.System_Boolean and <= SpecialType.System_UInt16 => ReturnKind.Narrow,
        _ => ReturnKind.Other,
    };

    private static bool IsHere(IMethodSymbol target) => target.OriginalDefinition.Locations.Any(l => l.IsInSource);

    private static bool IsLowered(IMethodSymbol target) => KernelSymbols.IsHelper(target) || KernelSymbols.IsIntrinsic(target) || KernelSymbols.IsAddress(target) || KernelSymbols.IsBitField(target);

    private Worth Lowered(IMethodSymbol target, IOperation where, Worth[] given, ImmutableArray<IArgumentOperation>? arguments)
    {
        if (KernelSymbols.IsIntrinsic(target)) return KernelQuestions.Find(target, arguments ?? [], _types) is { } refusal ? Refuse(refusal, where) : Worth.Fine;
        if (!KernelSymbols.IsHelper(target)) return Judged(where);
        if (given.Length > 5) return Refuse(Refusals.TooManyForHelper(TypeNames.Of(target), given.Length), where);
        foreach (var parameter in target.Parameters)
        {
            if (parameter.RefKind is RefKind.None && parameter.Type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } type && KernelSymbols.MapKindOf(type) is null) return Refuse(Refusals.HelperGiven(TypeNames.Said(type)), where);
        }

        return Judged(where);
    }

    private static IOperation? TextIn(Worth[] given, ImmutableArray<IArgumentOperation>? arguments)
    {
        if (arguments is not { } list) return null;
        for (int i = 1; i <= list.Length; i++)
        {
            if (given[given.Length - i] is Worth.Text) return list[list.Length - i].Value;
        }

        return null;
    }

    private static Refusal? CopiedIn(ImmutableArray<IArgumentOperation>? arguments) =>
        arguments?.Where(a => a.Parameter is { RefKind: RefKind.None }).Select(a => CopyOf(a.Parameter!.Type)).FirstOrDefault(r => r is not null);

    /// <summary>A method whose code is here is judged too; what it returns is its own matter.</summary>
    private Worth FollowSource(IMethodSymbol target, Location where)
    {
        if (!IsHere(target)) return Worth.Fine;
        if (IsSynthesized(target) is { } refusal) return Refuse(refusal, where);
        if (analysis.Bodies.IsStateMachine(target)) return Refuse(Refusals.StateMachine(target.Name), where);
        if (target.IsExtern) return Refuse(Refusals.NoBody(TypeNames.Of(target)), where);
        if (!target.IsImplicitlyDeclared) analysis.Follow(method, target, where);
        return Refuse(target.ReturnType) is null ? Worth.Fine : Worth.Spoiled;
    }

    private void FollowQuietly(IMethodSymbol target, IOperation where)
    {
        if (IsHere(target) && !target.IsExtern && !target.IsImplicitlyDeclared) analysis.Follow(method, target, where.Syntax.GetLocation());
    }

    // What the compiler writes for records asks the base library.
    private static Refusal? IsSynthesized(IMethodSymbol target) => target is { IsImplicitlyDeclared: true, ContainingType: { IsRecord: true } } ? target.Name switch
    {
        "Equals" or "op_Equality" or "op_Inequality" or "GetHashCode" => Refusals.NotInKernel("System.Collections.Generic.EqualityComparer`1", "get_Default"),
        "ToString" or "PrintMembers" => Refusals.ObjectMade("System.Text.StringBuilder"),
        _ => null,
    } : null;
}
