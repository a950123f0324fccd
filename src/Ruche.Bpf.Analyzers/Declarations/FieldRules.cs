// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Ruche.Bpf.Analyzers.Reachability;
using Ruche.Bpf.Analyzers.Symbols;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Declarations;

/// <summary>Judges static fields: maps and global variables.</summary>
internal sealed class FieldRules(ValueTypes types, Findings findings, Compilation compilation, CancellationToken cancellation)
{
    private readonly Dictionary<IFieldSymbol, bool> _judged = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<string, IFieldSymbol> _maps = new(StringComparer.Ordinal);

    /// <summary>The tables of functions of the object.</summary>
    public TableRules Tables { get; } = new();

    /// <summary>Judges all static fields of an object, those of its properties too.</summary>
    public void CheckAll(INamedTypeSymbol type)
    {
        _maps.Clear();
        Tables.Clear();
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.IsStatic && !field.IsConst) IsAccepted(field, field.Locations.FirstOrDefault(l => l.IsInSource) ?? field.AssociatedSymbol?.Locations[0]);
        }

        // What an event keeps is a field without a symbol.
        foreach (var kept in type.GetMembers().OfType<IEventSymbol>())
        {
            if (kept is { IsStatic: true, AddMethod.IsImplicitlyDeclared: true }) findings.Add(DeclarationRefusals.NoVariable(kept.Name, TypeNames.Said(kept.Type)), kept.Locations[0]);
        }
    }

    /// <summary>Whether a static field may be used; what is wrong with it is told the first time, where it is declared in an object, and else where it is used.</summary>
    public bool IsAccepted(IFieldSymbol field, Location? where)
    {
        field = field.OriginalDefinition;
        if (_judged.TryGetValue(field, out bool known)) return known;
        var refusal = Find(field);
        if (refusal is not null && where is not null) findings.Add(refusal, where);
        return _judged[field] = refusal is null;
    }

    private Refusal? Find(IFieldSymbol field)
    {
        string name = field.AssociatedSymbol?.Name ?? field.Name;
        if (KernelSymbols.MapKindOf(field.Type) is { } kind) return Map(field, name, kind);
        if (types.Refuse(field.Type) is not null || field.Type.SpecialType is SpecialType.System_Single or SpecialType.System_Double || field.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
            return DeclarationRefusals.NoVariable(name, TypeNames.Said(field.Type));
        if (field.Type.TypeKind is TypeKind.Struct && KernelSymbols.IsKernelType(field.Type)) return Refusals.KernelCopy(TypeNames.Said(field.Type));
        return !IsKnown(field) ? DeclarationRefusals.InitialValue(name) : null;
    }

    private Refusal? Map(IFieldSymbol field, string name, AttributeData kind)
    {
        if (KernelSymbols.MapMarkOf(field) is not { } mark) return DeclarationRefusals.UnmarkedMap(name);
        string called = KernelSymbols.TextOf(mark, "Name") ?? name;
        if (_maps.ContainsKey(called)) return DeclarationRefusals.TwoMaps(called);
        _maps.Add(called, field);
        int type = kind.ConstructorArguments.FirstOrDefault().Value is int number ? number : 0;
        if (MapRules.IsStructOps(type)) return Tables.Add(field, called);
        var arguments = ((INamedTypeSymbol)field.Type).TypeArguments;
        foreach (var argument in arguments)
        {
            if (types.Refuse(argument) is not null) return DeclarationRefusals.MapType(called, TypeNames.Said(argument));
        }

        long? inner = KernelSymbols.IsSet(kind, "HasInnerMap") ? KernelSymbols.NumberOf(mark, "InnerMaxEntries") : null;
        if (MapRules.Find(called, type, KernelSymbols.NumberOf(mark, "MaxEntries"), inner) is { } refusal) return refusal;
        return MapRules.IsTrie(type) && (arguments[0].TypeKind is not TypeKind.Struct || arguments[0].SpecialType is not SpecialType.None) ? DeclarationRefusals.LpmKey(called, TypeNames.Said(arguments[0])) : null;
    }

    private bool IsKnown(IFieldSymbol field) => InitializerOf(field) is not { } value || ConstantValues.IsConstant(compilation.GetSemanticModel(value.SyntaxTree).GetOperation(value, cancellation));

    private ExpressionSyntax? InitializerOf(IFieldSymbol field) => (field.AssociatedSymbol ?? field).DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
    {
        VariableDeclaratorSyntax { Initializer.Value: var value } => value,
        PropertyDeclarationSyntax { Initializer.Value: var value } => value,
        _ => null,
    };
}
