// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;

namespace Ruche.Bpf.Analyzers.Symbols;

/// <summary>What stands for the type parameters of a method and of the types around it.</summary>
internal sealed class TypeSubstitution
{
    private readonly Dictionary<ITypeParameterSymbol, ITypeSymbol> _types = new(SymbolEqualityComparer.Default);

    public TypeSubstitution(IMethodSymbol method)
    {
        Add(method.OriginalDefinition.TypeParameters, method.TypeArguments);
        for (var type = method.ContainingType; type is not null; type = type.ContainingType) Add(type.OriginalDefinition.TypeParameters, type.TypeArguments);
    }

    public ITypeSymbol Apply(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => _types.TryGetValue(parameter, out var given) ? given : type,
        INamedTypeSymbol { IsGenericType: true, IsUnboundGenericType: false } generic => Apply(generic),
        _ => type,
    };

    /// <summary>The method that is called: with its type arguments, and for one of an interface, that of the struct which stands for the type parameter.</summary>
    public IMethodSymbol Apply(IMethodSymbol method, ITypeSymbol? receiver)
    {
        if (_types.Count == 0) return method;
        var found = method;
        if (receiver is ITypeParameterSymbol && Apply(receiver) is INamedTypeSymbol { TypeKind: TypeKind.Struct } holder
            && holder.FindImplementationForInterfaceMember(method) is IMethodSymbol { ContainingType.TypeKind: TypeKind.Struct } implementation) return implementation;
        if (method.ContainingType is { IsGenericType: true } type)
        {
            var members = Apply(type).GetMembers(method.Name).OfType<IMethodSymbol>();
            found = members.FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, method.OriginalDefinition)) ?? method;
        }

        return method.IsGenericMethod && found.Arity == method.Arity ? found.ConstructedFrom.Construct([.. method.TypeArguments.Select(Apply)]) : found;
    }

    private INamedTypeSymbol Apply(INamedTypeSymbol type) => type.Arity == 0 ? type : type.ConstructedFrom.Construct([.. type.TypeArguments.Select(Apply)]);

    private void Add(IReadOnlyList<ITypeParameterSymbol> parameters, IReadOnlyList<ITypeSymbol> given)
    {
        for (int i = 0; i < parameters.Count && i < given.Count; i++) _types[parameters[i]] = given[i];
    }
}
