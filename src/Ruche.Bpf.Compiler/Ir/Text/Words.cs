// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Ir.Text;

/// <summary>The words of the text form, read and written by the same tables. They hold the enumerations' numbers: a dictionary of every
/// enumeration would be compiled once for each.</summary>
internal static class Words
{
    public static Dictionary<string, int> Binaries { get; } = new()
    {
        ["add"] = (int)BinaryOperator.Add,
        ["sub"] = (int)BinaryOperator.Sub,
        ["mul"] = (int)BinaryOperator.Mul,
        ["udiv"] = (int)BinaryOperator.UDiv,
        ["sdiv"] = (int)BinaryOperator.SDiv,
        ["urem"] = (int)BinaryOperator.URem,
        ["srem"] = (int)BinaryOperator.SRem,
        ["and"] = (int)BinaryOperator.And,
        ["or"] = (int)BinaryOperator.Or,
        ["xor"] = (int)BinaryOperator.Xor,
        ["shl"] = (int)BinaryOperator.Shl,
        ["lshr"] = (int)BinaryOperator.LShr,
        ["ashr"] = (int)BinaryOperator.AShr,
    };

    public static Dictionary<string, int> Comparisons { get; } = new()
    {
        ["eq"] = (int)Comparison.Equal,
        ["ne"] = (int)Comparison.NotEqual,
        ["ult"] = (int)Comparison.Below,
        ["ule"] = (int)Comparison.BelowOrEqual,
        ["ugt"] = (int)Comparison.Above,
        ["uge"] = (int)Comparison.AboveOrEqual,
        ["slt"] = (int)Comparison.Less,
        ["sle"] = (int)Comparison.LessOrEqual,
        ["sgt"] = (int)Comparison.Greater,
        ["sge"] = (int)Comparison.GreaterOrEqual,
        ["test"] = (int)Comparison.Intersects,
    };

    public static Dictionary<string, int> Conversions { get; } = new()
    {
        ["truncate"] = (int)Conversion.Truncate,
        ["zero_extend"] = (int)Conversion.ZeroExtend,
        ["sign_extend"] = (int)Conversion.SignExtend,
        ["reinterpret"] = (int)Conversion.Reinterpret,
    };

    public static Dictionary<string, int> Atomics { get; } = new()
    {
        ["add"] = (int)AtomicOperation.Add,
        ["or"] = (int)AtomicOperation.Or,
        ["and"] = (int)AtomicOperation.And,
        ["xor"] = (int)AtomicOperation.Xor,
        ["exchange"] = (int)AtomicOperation.Exchange,
        ["compare_exchange"] = (int)AtomicOperation.CompareExchange,
    };

    public static Dictionary<string, SectionWord> Sections { get; } = new()
    {
        ["data"] = new(DataSectionKind.Data, false),
        ["zeros"] = new(DataSectionKind.Bss, false),
        ["constants"] = new(DataSectionKind.ReadOnlyData, false),
        ["fixed"] = new(DataSectionKind.ReadOnlyData, true),
    };

    public static Dictionary<string, int> Questions { get; } = new()
    {
        ["field_offset"] = (int)CoreRelocationKind.FieldByteOffset,
        ["field_size"] = (int)CoreRelocationKind.FieldByteSize,
        ["field_exists"] = (int)CoreRelocationKind.FieldExists,
        ["field_signed"] = (int)CoreRelocationKind.FieldSigned,
        ["field_left_shift"] = (int)CoreRelocationKind.FieldLeftShift,
        ["field_right_shift"] = (int)CoreRelocationKind.FieldRightShift,
        ["type_id"] = (int)CoreRelocationKind.TypeIdTarget,
        ["own_type_id"] = (int)CoreRelocationKind.TypeIdLocal,
        ["type_matches"] = (int)CoreRelocationKind.TypeMatches,
        ["type_exists"] = (int)CoreRelocationKind.TypeExists,
        ["type_size"] = (int)CoreRelocationKind.TypeSize,
        ["enumerator_exists"] = (int)CoreRelocationKind.EnumValueExists,
        ["enumerator_value"] = (int)CoreRelocationKind.EnumValue,
    };

    public static string Of(Dictionary<string, int> table, int value) => table.First(w => w.Value == value).Key;

    public static string Of(SectionWord section) => Sections.First(w => w.Value == section).Key;
}
