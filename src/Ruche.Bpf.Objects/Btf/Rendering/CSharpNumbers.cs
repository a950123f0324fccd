// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>How C# calls integers, and the values of enumerators such that they fit.</summary>
internal static class CSharpNumbers
{
    /// <summary>The integer type of a size; that of four bytes for a size that C# does not have.</summary>
    public static string Integer(int size, bool isSigned) => size switch
    {
        1 => isSigned ? "sbyte" : "byte",
        2 => isSigned ? "short" : "ushort",
        8 => isSigned ? "long" : "ulong",
        16 => isSigned ? "Int128" : "UInt128",
        _ => isSigned ? "int" : "uint",
    };

    /// <summary>The value of an enumerator, cut to what the enumeration holds.</summary>
    public static Int128 ValueOf(BtfType.Enum type, BtfEnumerator enumerator) =>
        type.IsSigned ? Clamp((long)enumerator.Value, type.Size) : Clamp(enumerator.Value, type.Size);

    private static long Clamp(long value, int size) => size switch { 1 => (sbyte)value, 2 => (short)value, 8 => value, _ => (int)value };

    private static ulong Clamp(ulong value, int size) => size switch { 1 => (byte)value, 2 => (ushort)value, 8 => value, _ => (uint)value };
}
