// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

/// <summary>The methods of the base library that mean something in the kernel.</summary>
internal static class BaseLibraryMethods
{
    private static readonly HashSet<string> Any = Names(
        ("System.Runtime.CompilerServices.Unsafe",
            ["As", "AsRef", "AsPointer", "Add", "AddByteOffset", "Subtract", "SubtractByteOffset", "ByteOffset", "SizeOf", "NullRef", "IsNullRef", "AreSame", "Read", "ReadUnaligned", "Write", "WriteUnaligned", "SkipInit"]),
        ("System.Span`1", [".ctor", "get_Item", "get_Length", "get_IsEmpty", "get_Empty", "GetPinnableReference", "op_Implicit", "Slice"]),
        ("System.ReadOnlySpan`1", [".ctor", "get_Item", "get_Length", "get_IsEmpty", "get_Empty", "GetPinnableReference", "op_Implicit", "Slice"]),
        ("System.Runtime.InteropServices.MemoryMarshal", ["GetReference", "CreateSpan", "CreateReadOnlySpan"]),
        ("System.Runtime.CompilerServices.RuntimeHelpers", ["CreateSpan"]));

    private static readonly HashSet<string> OfNumbers = Names(
        ("System.Math", ["Min", "Max", "Clamp", "Abs"]),
        ("System.Buffers.Binary.BinaryPrimitives", ["ReverseEndianness"]));

    private static readonly HashSet<string> OfWideNumbers = Names(
        ("System.Threading.Interlocked", ["Add", "Increment", "Decrement", "And", "Or", "Exchange", "CompareExchange", "Read"]),
        ("System.Numerics.BitOperations", ["RotateLeft", "RotateRight"]));

    public static bool Has(string type, string method, ReturnKind returns)
    {
        if (method == ".ctor" && IsTuple(type)) return true;
        string name = $"{type}.{method}";
        return Any.Contains(name) || (returns is not ReturnKind.Other && OfNumbers.Contains(name)) || (returns is ReturnKind.Wide && OfWideNumbers.Contains(name));
    }

    /// <summary>Whether a type of the base library is plain memory when its type arguments are.</summary>
    public static bool HasType(string type, int arguments) => type is "System.Span`1" or "System.ReadOnlySpan`1" || (IsTuple(type) && arguments is > 0 and < 8);

    /// <summary>What kind of type of the base library it is that programs have no values of.</summary>
    public static ValueKind KindOf(string type, bool isObject) => type switch
    {
        "float" or "double" or "System.Single" or "System.Double" or "System.Decimal" or "System.Half" => ValueKind.Fraction,
        "string" or "System.String" or "System.Runtime.CompilerServices.DefaultInterpolatedStringHandler" => ValueKind.String,
        _ when type.Length > 0 && type[type.Length - 1] == ']' => ValueKind.Array,
        _ => isObject ? ValueKind.Object : ValueKind.Other,
    };

    private static bool IsTuple(string type) => type.StartsWith("System.ValueTuple`", StringComparison.Ordinal);

    private static HashSet<string> Names(params (string Type, string[] Methods)[] types) => new(types.SelectMany(t => t.Methods.Select(m => $"{t.Type}.{m}")), StringComparer.Ordinal);
}
