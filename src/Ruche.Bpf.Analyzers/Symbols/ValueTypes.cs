// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Symbols;

/// <summary>Which types programs have values of.</summary>
internal sealed class ValueTypes
{
    private readonly Dictionary<ITypeSymbol, Refusal?> _known = new(SymbolEqualityComparer.Default);

    /// <summary>Why programs have no values of the type; null when they have.</summary>
    public Refusal? Refuse(ITypeSymbol type)
    {
        if (_known.TryGetValue(type, out var known)) return known;
        _known[type] = null;
        return _known[type] = Find(type);
    }

    private Refusal? Find(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Error or TypeKind.TypeParameter or TypeKind.Enum or TypeKind.Pointer or TypeKind.FunctionPointer } => null,
        { SpecialType: SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal } => Refusals.Fraction,
        { SpecialType: SpecialType.System_TypedReference } => Refusals.NoValue(ValueKind.Other, "TypedReference", null),
        { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_Void } => null,
        IArrayTypeSymbol => Refusals.NoValue(ValueKind.Array, TypeNames.Said(type), null),
        IDynamicTypeSymbol => Refusals.NoValue(ValueKind.Object, "object", null),
        INamedTypeSymbol named => named.IsValueType ? Struct(named) : Refusals.NoValue(BaseLibraryMethods.KindOf(TypeNames.Said(type), isObject: true), TypeNames.Said(type), null),
        _ => null,
    };

    private Refusal? Struct(INamedTypeSymbol type)
    {
        string name = TypeNames.Of(type);
        if (TypeNames.IsOfBaseLibrary(type))
        {
            bool isPlain = BaseLibraryMethods.HasType(name, type.Arity) && type.TypeArguments.All(IsRoom);
            return isPlain ? null : Refusals.NoValue(BaseLibraryMethods.KindOf(name, isObject: false), TypeNames.Said(type), null);
        }

        var flaw = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => !f.IsStatic && !IsRoom(f.Type));
        return flaw is null ? null : Refusals.NoValue(ValueKind.Other, TypeNames.Said(type), flaw.Name);
    }

    // Fractions may lie in a struct as long as nobody computes with them.
    private bool IsRoom(ITypeSymbol type) => type.SpecialType is SpecialType.System_Single or SpecialType.System_Double || Refuse(type) is null;
}
