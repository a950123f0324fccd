// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;

namespace Ruche.Bpf.Analyzers.Symbols;

/// <summary>The names of types and methods as assemblies have them.</summary>
internal static class TypeNames
{
    /// <summary>Namespace and name, nested types behind a plus; without type arguments.</summary>
    public static string Of(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer) return $"{Of(outer)}+{type.MetadataName}";
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.MetadataName}" : type.MetadataName;
    }

    /// <summary>The name that is said of a type: C#'s own where there is one, type arguments behind it.</summary>
    public static string Said(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Void } => "void",
        { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Decimal or SpecialType.System_String or SpecialType.System_Object } => type.ToDisplayString(Plain),
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => type.SpecialType is SpecialType.System_IntPtr ? "nint" : "nuint",
        IArrayTypeSymbol array => $"{Said(array.ElementType)}{(array.Rank == 1 ? "[]" : "[,]")}",
        IPointerTypeSymbol pointer => $"{Said(pointer.PointedAtType)}*",
        IFunctionPointerTypeSymbol => "delegate*",
        INamedTypeSymbol { Arity: > 0 } generic => $"{Of(generic)}<{string.Join(",", generic.TypeArguments.Select(Said))}>",
        INamedTypeSymbol named => Of(named),
        _ => type.Name,
    };

    public static string Of(IMethodSymbol method) => $"{Of(method.ContainingType)}.{method.MetadataName}";

    public static bool IsOfBaseLibrary(ISymbol symbol) => symbol.ContainingAssembly?.Name is { } name
        && (name is "mscorlib" or "netstandard" or "System" or "Microsoft.CSharp" || name.StartsWith("System.", StringComparison.Ordinal));

    private static readonly SymbolDisplayFormat Plain = SymbolDisplayFormat.CSharpErrorMessageFormat.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);
}
