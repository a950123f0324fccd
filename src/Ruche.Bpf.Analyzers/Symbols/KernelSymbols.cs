// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;

namespace Ruche.Bpf.Analyzers.Symbols;

/// <summary>What the attributes of the library for kernel programs say of types and methods.</summary>
internal sealed class KernelSymbols
{
    private const string Namespace = "Ruche.Bpf.Kernel.";
    private const string Lowering = Namespace + "Lowering.";

    private readonly INamedTypeSymbol _object;

    private KernelSymbols(INamedTypeSymbol mark) => _object = mark;

    /// <summary>Null when the library is not referred to.</summary>
    public static KernelSymbols? Find(Compilation compilation) => compilation.GetTypeByMetadataName(Namespace + "BpfObjectAttribute") is { } mark ? new(mark) : null;

    public bool IsObject(INamedTypeSymbol type) => type.GetAttributes().Any(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, _object));

    /// <summary>The attribute that says where programs go that an attribute marks; null when it marks none.</summary>
    public static AttributeData? SectionOf(AttributeData mark) => mark.AttributeClass?.GetAttributes().FirstOrDefault(a => Is(a, Lowering + "SectionAttribute"));

    public static AttributeData? MapKindOf(ITypeSymbol type) => Find(type, Lowering + "MapKindAttribute");

    public static AttributeData? MapMarkOf(IFieldSymbol field) => Find(field, Namespace + "BpfMapAttribute");

    public static IEnumerable<AttributeData> TableValuesOf(IFieldSymbol field) => field.GetAttributes().Where(a => Is(a, Namespace + "StructOpsValueAttribute") && a.ConstructorArguments.Length == 2);

    /// <summary>Whether programs that an attribute marks, by the attribute that says where they go, are functions in a table of the kernel.</summary>
    public static bool IsOfTable(AttributeData section) => section.ConstructorArguments.FirstOrDefault().Value is string name && name.StartsWith("struct_ops", StringComparison.Ordinal);

    public static int InlineLengthOf(ITypeSymbol type) => Find(type, "System.Runtime.CompilerServices.InlineArrayAttribute")?.ConstructorArguments.FirstOrDefault().Value is int length ? length : 0;

    /// <summary>What C calls a type of the kernel; null of other types.</summary>
    public static string? KernelNameOf(ITypeSymbol type) => Find(type, Namespace + "KernelTypeAttribute")?.ConstructorArguments.FirstOrDefault().Value as string;

    public static bool IsKernelType(ITypeSymbol? type) => type is not null && Find(type, Namespace + "KernelTypeAttribute") is not null;

    public static bool IsBitField(IMethodSymbol method) => Find(method, Namespace + "KernelBitFieldAttribute") is not null;

    public static bool IsHelper(IMethodSymbol method) => Find(method, Lowering + "HelperAttribute") is not null || Find(method, Lowering + "KfuncAttribute") is not null;

    public static bool IsIntrinsic(IMethodSymbol method) => Find(method, Lowering + "IntrinsicAttribute") is not null;

    public static bool IsAddress(IMethodSymbol method) => Find(method, Lowering + "AddressInAttribute") is not null;

    /// <summary>A number that an attribute sets by name; 0 when it does not.</summary>
    public static long NumberOf(AttributeData mark, string setting) =>
        mark.NamedArguments.FirstOrDefault(a => a.Key == setting).Value is { Kind: not TypedConstantKind.Error, Value: { } value } ? Convert.ToInt64(value, null) : 0;

    public static bool IsSet(AttributeData mark, string setting) => mark.NamedArguments.FirstOrDefault(a => a.Key == setting).Value.Value is true;

    public static string? TextOf(AttributeData mark, string setting) => mark.NamedArguments.FirstOrDefault(a => a.Key == setting).Value.Value as string;

    private static AttributeData? Find(ISymbol symbol, string name) => symbol.OriginalDefinition.GetAttributes().FirstOrDefault(a => Is(a, name));

    private static bool Is(AttributeData attribute, string name) => attribute.AttributeClass is { } type && TypeNames.Of(type) == name;
}
