// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;

namespace Ruche.Bpf.Analyzers.Symbols;

/// <summary>How large numbers are in memory.</summary>
internal static class KernelNumbers
{
    /// <summary>The size of a number, a truth value, a character or an enumeration, and whether it has a sign; null of other types.</summary>
    public static (int Bits, bool IsSigned)? Of(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { EnumUnderlyingType: { } underlying } => Of(underlying),
        { SpecialType: SpecialType.System_SByte } => (8, true),
        { SpecialType: SpecialType.System_Byte or SpecialType.System_Boolean } => (8, false),
        { SpecialType: SpecialType.System_Int16 } => (16, true),
        { SpecialType: SpecialType.System_UInt16 or SpecialType.System_Char } => (16, false),
        { SpecialType: SpecialType.System_Int32 } => (32, true),
        { SpecialType: SpecialType.System_UInt32 } => (32, false),
        { SpecialType: SpecialType.System_Int64 or SpecialType.System_IntPtr } => (64, true),
        { SpecialType: SpecialType.System_UInt64 or SpecialType.System_UIntPtr } => (64, false),
        _ => null,
    };
}
