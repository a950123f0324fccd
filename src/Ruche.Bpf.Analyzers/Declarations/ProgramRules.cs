// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Ruche.Bpf.Analyzers.Reachability;
using Ruche.Bpf.Analyzers.Symbols;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Declarations;

/// <summary>Judges how the programs of one object are declared.</summary>
internal sealed class ProgramRules(TableRules tables, Findings findings)
{
    // As Ruche.Bpf.Kernel.Lowering.ArgumentSource numbers them.
    private const int Context = 0, Registers = 3, ReturnRegister = 4, UserRegisters = 5, UserReturnRegister = 6, SyscallRegisters = 7, Function = 8;
    private const int MostRegisters = 6, MostParameters = 5;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public static bool IsProgram(IMethodSymbol method) => method.GetAttributes().Any(a => KernelSymbols.SectionOf(a) is not null);

    /// <summary>Whether the method is a program, and one that is declared as programs are.</summary>
    public bool IsAccepted(IMethodSymbol method)
    {
        bool isAccepted = false;
        foreach (var mark in method.GetAttributes())
        {
            if (KernelSymbols.SectionOf(mark) is not { } section) continue;
            var refusal = Find(method, mark, section);
            if (refusal is null) isAccepted = true;
            else findings.Add(refusal, method.Locations[0]);
        }

        return isAccepted;
    }

    private Refusal? Find(IMethodSymbol method, AttributeData mark, AttributeData section)
    {
        int source = (int)KernelSymbols.NumberOf(section, "Arguments");
        string name = KernelSymbols.TextOf(mark, "Name") ?? Names.SnakeCase(method.Name);
        if (!_names.Add(name)) return DeclarationRefusals.TwoPrograms(name);
        if (KernelSymbols.IsOfTable(section) && tables.Bind(method, mark) is { } refusal) return refusal;
        string said = TypeNames.Of(method);
        if (!method.IsStatic || method.IsGenericMethod) return DeclarationRefusals.NotPlain(said);
        if (!method.ReturnsVoid && !IsNumber(method.ReturnType)) return DeclarationRefusals.Returns(said, TypeNames.Said(method.ReturnType));
        int words = 0;
        for (int i = 0; i < method.Parameters.Length; i++)
        {
            var parameter = method.Parameters[i];
            if (i == 0 && IsContext(parameter, source)) continue;
            if (parameter.RefKind is RefKind.None && !IsNumber(parameter.Type) && parameter.Type.TypeKind is not (TypeKind.Pointer or TypeKind.Error)) return DeclarationRefusals.Takes(said, TypeNames.Said(parameter.Type));
            if (source is Context) return DeclarationRefusals.MoreThanContext(said);
            if (words++ >= MostOf(source)) return DeclarationRefusals.TooMany(said);
        }

        return null;
    }

    private static int MostOf(int source) => source switch
    {
        Registers or UserRegisters or SyscallRegisters => MostRegisters,
        ReturnRegister or UserReturnRegister => 1,
        Function => MostParameters,
        _ => int.MaxValue,
    };

    // An address of a struct that is none of the kernel's is the context as the hook hands it over.
    private static bool IsContext(IParameterSymbol parameter, int source)
    {
        var target = parameter.RefKind is not RefKind.None ? parameter.Type : (parameter.Type as IPointerTypeSymbol)?.PointedAtType;
        return source is not Function && target is not null && (source is Context || (target.TypeKind is TypeKind.Struct && !IsNumber(target) && target.SpecialType is not SpecialType.System_Void && !KernelSymbols.IsKernelType(target)));
    }

    private static bool IsNumber(ITypeSymbol type) => type.TypeKind is TypeKind.Enum or TypeKind.Error
        || type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_UInt64;
}
