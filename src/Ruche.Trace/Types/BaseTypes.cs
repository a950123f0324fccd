// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>Types that every machine has, by all their names; nothing about the kernel is needed to know them.</summary>
internal static class BaseTypes
{
    private static readonly TraceType.Integer Int8 = new(1, true), UInt8 = new(1, false), Int16 = new(2, true), UInt16 = new(2, false);

    // The words of C for numbers are put in order first, see Find.
    private static readonly Dictionary<string, TraceType> Names = new(StringComparer.Ordinal)
    {
        ["void"] = TraceType.None,
        ["bool"] = TraceType.Bool, ["_Bool"] = TraceType.Bool,
        ["int8"] = Int8, ["int8_t"] = Int8, ["s8"] = Int8, ["__s8"] = Int8, ["char"] = Int8,
        ["uint8"] = UInt8, ["uint8_t"] = UInt8, ["u8"] = UInt8, ["__u8"] = UInt8, ["unsigned char"] = UInt8,
        ["int16"] = Int16, ["int16_t"] = Int16, ["s16"] = Int16, ["__s16"] = Int16, ["short"] = Int16,
        ["uint16"] = UInt16, ["uint16_t"] = UInt16, ["u16"] = UInt16, ["__u16"] = UInt16, ["unsigned short"] = UInt16,
        ["int32"] = TraceType.Int32, ["int32_t"] = TraceType.Int32, ["s32"] = TraceType.Int32, ["__s32"] = TraceType.Int32, ["int"] = TraceType.Int32,
        ["uint32"] = TraceType.UInt32, ["uint32_t"] = TraceType.UInt32, ["u32"] = TraceType.UInt32, ["__u32"] = TraceType.UInt32,
        ["unsigned int"] = TraceType.UInt32, ["uint"] = TraceType.UInt32,
        ["int64"] = TraceType.Int64, ["int64_t"] = TraceType.Int64, ["s64"] = TraceType.Int64, ["__s64"] = TraceType.Int64,
        ["long"] = TraceType.Int64, ["ssize_t"] = TraceType.Int64, ["intptr_t"] = TraceType.Int64,
        ["uint64"] = TraceType.UInt64, ["uint64_t"] = TraceType.UInt64, ["u64"] = TraceType.UInt64, ["__u64"] = TraceType.UInt64,
        ["unsigned long"] = TraceType.UInt64, ["size_t"] = TraceType.UInt64, ["uintptr_t"] = TraceType.UInt64,
    };

    /// <summary>The type of a name; null for all others. <c>long unsigned int</c> and <c>unsigned long</c> are the same.</summary>
    public static TraceType? Find(string name) =>
        Names.TryGetValue(name, out var found) || (InOrder(name) is { } same && Names.TryGetValue(same, out found)) ? found : null;

    private static string? InOrder(string name)
    {
        bool isUnsigned = false;
        string? width = null;
        foreach (string word in name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word is "unsigned") isUnsigned = true;
            else if (word is "char" or "short" or "long") width = word;
            else if (word is not ("signed" or "int")) return null;
        }

        return isUnsigned ? $"unsigned {width ?? "int"}" : width ?? "int";
    }
}
