// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>Types that every machine has, by all their names; nothing about the kernel is needed to know them.</summary>
internal static class BaseTypes
{
    // The words of C for numbers are put in order first, see Find.
    private static readonly (TraceType Type, string[] Names)[] All =
    [
        (TraceType.None, ["void"]),
        (TraceType.Bool, ["bool", "_Bool"]),
        (new TraceType.Integer(1, true), ["int8", "int8_t", "s8", "__s8", "char"]),
        (new TraceType.Integer(1, false), ["uint8", "uint8_t", "u8", "__u8", "unsigned char"]),
        (new TraceType.Integer(2, true), ["int16", "int16_t", "s16", "__s16", "short"]),
        (new TraceType.Integer(2, false), ["uint16", "uint16_t", "u16", "__u16", "unsigned short"]),
        (TraceType.Int32, ["int32", "int32_t", "s32", "__s32", "int"]),
        (TraceType.UInt32, ["uint32", "uint32_t", "u32", "__u32", "unsigned int", "uint"]),
        (TraceType.Int64, ["int64", "int64_t", "s64", "__s64", "long", "ssize_t", "intptr_t"]),
        (TraceType.UInt64, ["uint64", "uint64_t", "u64", "__u64", "unsigned long", "size_t", "uintptr_t"]),
    ];

    private static readonly Dictionary<string, TraceType> Names =
        All.SelectMany(t => t.Names, (t, name) => KeyValuePair.Create(name, t.Type)).ToDictionary(StringComparer.Ordinal);

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
