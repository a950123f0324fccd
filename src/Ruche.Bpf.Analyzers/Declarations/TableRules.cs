// SPDX-License-Identifier: MIT
using System.Text;
using Microsoft.CodeAnalysis;
using Ruche.Bpf.Analyzers.Symbols;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Declarations;

/// <summary>Judges tables of functions, and the programs that are for their members.</summary>
internal sealed class TableRules
{
    private readonly Dictionary<string, ITypeSymbol> _tables = new(StringComparer.Ordinal);
    private readonly HashSet<(string Table, string Member)> _taken = [];
    private bool _hasRefused;

    public void Clear()
    {
        _tables.Clear();
        _taken.Clear();
        _hasRefused = false;
    }

    /// <summary>What is wrong with a table; null when nothing is.</summary>
    public Refusal? Add(IFieldSymbol field, string name)
    {
        var type = ((INamedTypeSymbol)field.Type).TypeArguments[0];
        var refusal = Find(field, name, type);
        if (refusal is null) _tables.Add(name, type);
        else _hasRefused = true;
        return refusal;
    }

    /// <summary>What is wrong with a program that is for a member; null when nothing is.</summary>
    public Refusal? Bind(IMethodSymbol method, AttributeData mark)
    {
        string member = mark.ConstructorArguments.FirstOrDefault().Value as string ?? Names.SnakeCase(method.Name), said = TypeNames.Of(method);
        string? only = KernelSymbols.TextOf(mark, "Table");
        bool isBound = false;
        foreach (var table in _tables.Where(t => only is null || t.Key == only))
        {
            if (FieldOf(table.Value, member)?.Type is not IFunctionPointerTypeSymbol { Signature: var expected }) continue;
            if (!IsSame(method, expected)) return DeclarationRefusals.MemberShape(said, member);
            if (!_taken.Add((table.Key, member))) return DeclarationRefusals.MemberTaken(said, member);
            isBound = true;
        }

        return isBound || _hasRefused ? null : DeclarationRefusals.NoMember(said, member);
    }

    private static Refusal? Find(IFieldSymbol field, string name, ITypeSymbol type)
    {
        if (type.TypeKind is not TypeKind.Struct || KernelSymbols.KernelNameOf(type)?.StartsWith("struct ", StringComparison.Ordinal) is not true) return DeclarationRefusals.NoTable(name, TypeNames.Said(type));
        foreach (var value in KernelSymbols.TableValuesOf(field))
        {
            string member = value.ConstructorArguments[0].Value as string ?? "";
            if (FieldOf(type, member) is not { } target || !IsTaken(target.Type, value.ConstructorArguments[1].Value)) return DeclarationRefusals.TableValue(name, member);
        }

        return null;
    }

    private static bool IsTaken(ITypeSymbol type, object? value) => value switch
    {
        long number => KernelNumbers.Of(type) is (var bits, _) && (bits == 64 || (number >> (bits - 1)) is 0 or 1 or -1),
        string text => Encoding.UTF8.GetByteCount(text) < RoomOf(type),
        _ => false,
    };

    // Of an inline array of bytes.
    private static int RoomOf(ITypeSymbol type)
    {
        var element = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => !f.IsStatic);
        return element is not null && KernelNumbers.Of(element.Type) is (8, _) ? KernelSymbols.InlineLengthOf(type) : 0;
    }

    private static IFieldSymbol? FieldOf(ITypeSymbol type, string name) => type.GetMembers(name).OfType<IFieldSymbol>().FirstOrDefault(f => !f.IsStatic);

    private static bool IsSame(IMethodSymbol one, IMethodSymbol other)
    {
        if (one.Parameters.Length != other.Parameters.Length || !IsSame(Shape(one.ReturnType, one.RefKind), Shape(other.ReturnType, other.RefKind))) return false;
        for (int i = 0; i < one.Parameters.Length; i++)
        {
            if (!IsSame(Shape(one.Parameters[i].Type, one.Parameters[i].RefKind), Shape(other.Parameters[i].Type, other.Parameters[i].RefKind))) return false;
        }

        return true;
    }

    // A reference or a pointer; a number or an enumeration of the same size.
    private static bool IsSame((ITypeSymbol Target, int Addresses) one, (ITypeSymbol Target, int Addresses) other) => one.Addresses == other.Addresses
        && (SymbolEqualityComparer.Default.Equals(one.Target, other.Target)
            || (KernelNumbers.Of(one.Target) is { } number && KernelNumbers.Of(other.Target) == number)
            || (one.Target is IFunctionPointerTypeSymbol && other.Target is IFunctionPointerTypeSymbol));

    private static (ITypeSymbol Target, int Addresses) Shape(ITypeSymbol type, RefKind reference)
    {
        int addresses = reference is RefKind.None ? 0 : 1;
        for (; type is IPointerTypeSymbol pointer; type = pointer.PointedAtType) addresses++;
        return (type, addresses);
    }
}
