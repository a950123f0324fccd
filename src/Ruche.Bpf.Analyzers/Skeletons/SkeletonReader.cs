// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Skeletons;

/// <summary>Finds out of a class of kernel programs what its skeleton is to have.</summary>
internal static class SkeletonReader
{
    private const string Section = "Ruche.Bpf.Kernel.Lowering.SectionAttribute";
    private const string MapKind = "Ruche.Bpf.Kernel.Lowering.MapKindAttribute";
    private const string Map = "Ruche.Bpf.Kernel.BpfMapAttribute";

    /// <summary>The skeleton; null of a class within another, which none is generated for.</summary>
    public static Skeleton? Read(INamedTypeSymbol type, AttributeData mark)
    {
        if (type.ContainingType is not null || type.Arity > 0) return null;
        string space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        bool isPublic = type.DeclaredAccessibility is Accessibility.Public;
        return new(space, type.Name, Text(mark, "Name") ?? Names.SnakeCase(type.Name), isPublic, new(type.GetMembers().Select(m => ReadMember(m, isPublic)).OfType<SkeletonMember>()));
    }

    private static SkeletonMember? ReadMember(ISymbol member, bool isPublic) => member switch
    {
        IFieldSymbol { IsStatic: true, IsConst: false, IsImplicitlyDeclared: false } field => ReadField(field, isPublic),
        IMethodSymbol { IsStatic: true } method => ReadProgram(method),
        _ => null,
    };

    private static SkeletonMember? ReadField(IFieldSymbol field, bool isPublic)
    {
        if (field.Type is not INamedTypeSymbol type) return null;
        if (Find(type, MapKind) is { } kind) return ReadMap(field, type, (int)kind.ConstructorArguments[0].Value!, isPublic);
        if (!type.IsUnmanagedType || !IsVisible(type)) return null;
        return new(MemberKind.Variable, PublicName(field.Name), field.Name, NameOf(type), isPublic && IsPublic(type), field.IsReadOnly);
    }

    private static SkeletonMember ReadMap(IFieldSymbol field, INamedTypeSymbol type, int kind, bool isPublic)
    {
        string name = (Find(field, Map) is { } mark ? Text(mark, "Name") : null) ?? field.Name;
        bool isTyped = type.TypeArguments.All(IsVisible);
        if (isTyped && MapViews.Of(kind, [.. type.TypeArguments]) is { } view)
            return new(view.Kind, PublicName(field.Name), name, view.Type, type.TypeArguments.All(IsPublic));
        return new(MemberKind.PlainMap, PublicName(field.Name), name, MapViews.Plain, true);
    }

    private static SkeletonMember? ReadProgram(IMethodSymbol method)
    {
        var mark = method.GetAttributes().FirstOrDefault(a => a.AttributeClass is { } type && Find(type, Section) is not null);
        return mark is null ? null : new(MemberKind.Program, method.Name, Text(mark, "Name") ?? Names.SnakeCase(method.Name), "global::Ruche.Bpf.Programs.BpfProgram", true);
    }

    /// <summary>The name of a type in full.</summary>
    public static string NameOf(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    // _lost is Lost: what is private there is not here.
    private static string PublicName(string name) => name.TrimStart('_') is { Length: > 0 } plain ? char.ToUpperInvariant(plain[0]) + plain.Substring(1) : name;

    private static AttributeData? Find(ISymbol symbol, string attribute) => symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == attribute);

    private static string? Text(AttributeData mark, string name) => mark.NamedArguments.FirstOrDefault(a => a.Key == name).Value.Value as string;

    private static bool IsVisible(ITypeSymbol type) => Chain(type).All(t => t.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal or Accessibility.NotApplicable);

    private static bool IsPublic(ITypeSymbol type) => Chain(type).All(t => t.DeclaredAccessibility is Accessibility.Public or Accessibility.NotApplicable);

    // The type, those around it, and its type arguments.
    private static IEnumerable<ITypeSymbol> Chain(ITypeSymbol type)
    {
        for (ITypeSymbol? outer = type; outer is not null; outer = outer.ContainingType) yield return outer;
        if (type is not INamedTypeSymbol { TypeArguments: var arguments }) yield break;
        foreach (var part in arguments.SelectMany(Chain)) yield return part;
    }
}
