// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Ruche.Bpf.Analyzers.Symbols;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Bodies;

/// <summary>Judges what a program asks about the kernel's types.</summary>
internal static class KernelQuestions
{
    public static Refusal? Find(IMethodSymbol called, ImmutableArray<IArgumentOperation> arguments, TypeSubstitution types) => called.Name switch
    {
        "FieldExists" or "FieldOffset" or "FieldSize" => Field(called, arguments[0].Value, types),
        "TypeExists" or "TypeSize" or "TypeMatches" or "KernelTypeId" => Type(called, types),
        "EnumValue" or "EnumValueExists" => arguments[0].Value.ConstantValue is { HasValue: true, Value: string } && IsKernel(called, types) ? null : Refusals.NoEnumerator,
        _ => null,
    };

    private static Refusal? Field(IMethodSymbol called, IOperation asked, TypeSubstitution types)
    {
        if (asked.ConstantValue is { HasValue: true, Value: string }) return Type(called, types);
        return asked is IFieldReferenceOperation { Field: { IsStatic: false, ContainingType: var holder } } && KernelSymbols.IsKernelType(holder) ? null : Refusals.NoKernelField;
    }

    private static Refusal? Type(IMethodSymbol called, TypeSubstitution types) => IsKernel(called, types) ? null : Refusals.NoKernelType(TypeNames.Said(types.Apply(called.TypeArguments[0])));

    private static bool IsKernel(IMethodSymbol called, TypeSubstitution types) => KernelSymbols.IsKernelType(types.Apply(called.TypeArguments[0]));
}
