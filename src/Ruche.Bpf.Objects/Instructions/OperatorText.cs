// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>The operators and type names of the C-like syntax, shared by both directions.</summary>
internal static class OperatorText
{
    /// <summary>Arithmetic operators without the equals sign, in the order of <see cref="AluOperation"/>; empty where there is none.</summary>
    private static readonly string[] Alu = ["+", "-", "*", "/", "|", "&", "<<", ">>", "", "%", "^", "", "s>>", ""];

    /// <summary>Comparison operators in the order of <see cref="JumpOperation"/>; empty where there is none.</summary>
    private static readonly string[] Jump = ["", "==", ">", ">=", "&", "!=", "s>", "s>=", "", "", "<", "<=", "s<", "s<="];

    public static string Of(AluOperation operation) => Alu[(int)operation >> 4];

    public static string Of(JumpOperation operation) => Jump[(int)operation >> 4];

    public static string TypeOf(MemoryWidth width, bool signed = false) => (signed ? "s" : "u") + BitsOf(width);

    public static string BitsOf(MemoryWidth width) => width switch
    {
        MemoryWidth.Byte => "8",
        MemoryWidth.Half => "16",
        MemoryWidth.Word => "32",
        _ => "64",
    };

    public static AluOperation? FindAlu(string text) => Array.IndexOf(Alu, text) is >= 0 and var i && text.Length > 0 ? (AluOperation)(i << 4) : null;

    public static JumpOperation? FindJump(string text) => Array.IndexOf(Jump, text) is >= 0 and var i && text.Length > 0 ? (JumpOperation)(i << 4) : null;

    /// <summary>The width of a type name such as <c>u32</c> or <c>s8</c>.</summary>
    public static MemoryWidth? FindWidth(ReadOnlySpan<char> bits) => bits switch
    {
        "8" => MemoryWidth.Byte,
        "16" => MemoryWidth.Half,
        "32" => MemoryWidth.Word,
        "64" => MemoryWidth.Double,
        _ => null,
    };

    /// <summary>The word in <c>atomic_fetch_add</c> and the operator in <c>lock … +=</c>.</summary>
    public static (string Word, string Operator) OfAtomic(AtomicOperation operation) => ((int)operation & 0xf0) switch
    {
        (int)AtomicOperation.Or => ("or", "|="),
        (int)AtomicOperation.And => ("and", "&="),
        (int)AtomicOperation.Xor => ("xor", "^="),
        _ => ("add", "+="),
    };
}
