// SPDX-License-Identifier: MIT
using System.Collections.Frozen;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Ir.Text;

/// <summary>The words of the text form, read and written by the same tables.</summary>
internal static class Words
{
    public static FrozenDictionary<string, BinaryOperator> Binaries { get; } = new Dictionary<string, BinaryOperator>
    {
        ["add"] = BinaryOperator.Add,
        ["sub"] = BinaryOperator.Sub,
        ["mul"] = BinaryOperator.Mul,
        ["udiv"] = BinaryOperator.UDiv,
        ["sdiv"] = BinaryOperator.SDiv,
        ["urem"] = BinaryOperator.URem,
        ["srem"] = BinaryOperator.SRem,
        ["and"] = BinaryOperator.And,
        ["or"] = BinaryOperator.Or,
        ["xor"] = BinaryOperator.Xor,
        ["shl"] = BinaryOperator.Shl,
        ["lshr"] = BinaryOperator.LShr,
        ["ashr"] = BinaryOperator.AShr,
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, Comparison> Comparisons { get; } = new Dictionary<string, Comparison>
    {
        ["eq"] = Comparison.Equal,
        ["ne"] = Comparison.NotEqual,
        ["ult"] = Comparison.Below,
        ["ule"] = Comparison.BelowOrEqual,
        ["ugt"] = Comparison.Above,
        ["uge"] = Comparison.AboveOrEqual,
        ["slt"] = Comparison.Less,
        ["sle"] = Comparison.LessOrEqual,
        ["sgt"] = Comparison.Greater,
        ["sge"] = Comparison.GreaterOrEqual,
        ["test"] = Comparison.Intersects,
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, Conversion> Conversions { get; } = new Dictionary<string, Conversion>
    {
        ["truncate"] = Conversion.Truncate,
        ["zero_extend"] = Conversion.ZeroExtend,
        ["sign_extend"] = Conversion.SignExtend,
        ["reinterpret"] = Conversion.Reinterpret,
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, AtomicOperation> Atomics { get; } = new Dictionary<string, AtomicOperation>
    {
        ["add"] = AtomicOperation.Add,
        ["or"] = AtomicOperation.Or,
        ["and"] = AtomicOperation.And,
        ["xor"] = AtomicOperation.Xor,
        ["exchange"] = AtomicOperation.Exchange,
        ["compare_exchange"] = AtomicOperation.CompareExchange,
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, (DataSectionKind Kind, bool IsFixed)> Sections { get; } = new Dictionary<string, (DataSectionKind, bool)>
    {
        ["data"] = (DataSectionKind.Data, false),
        ["zeros"] = (DataSectionKind.Bss, false),
        ["constants"] = (DataSectionKind.ReadOnlyData, false),
        ["fixed"] = (DataSectionKind.ReadOnlyData, true),
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, CoreRelocationKind> Questions { get; } = new Dictionary<string, CoreRelocationKind>
    {
        ["field_offset"] = CoreRelocationKind.FieldByteOffset,
        ["field_size"] = CoreRelocationKind.FieldByteSize,
        ["field_exists"] = CoreRelocationKind.FieldExists,
        ["field_signed"] = CoreRelocationKind.FieldSigned,
        ["field_left_shift"] = CoreRelocationKind.FieldLeftShift,
        ["field_right_shift"] = CoreRelocationKind.FieldRightShift,
        ["type_id"] = CoreRelocationKind.TypeIdTarget,
        ["type_exists"] = CoreRelocationKind.TypeExists,
        ["type_size"] = CoreRelocationKind.TypeSize,
        ["enumerator_exists"] = CoreRelocationKind.EnumValueExists,
        ["enumerator_value"] = CoreRelocationKind.EnumValue,
    }.ToFrozenDictionary();

    public static string Of<T>(FrozenDictionary<string, T> table, T value) =>
        table.First(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Key;
}
