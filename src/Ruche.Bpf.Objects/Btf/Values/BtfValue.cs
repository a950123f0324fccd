// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Btf.Values;

/// <summary>A value that was read from bytes by its BTF type. The set is closed.</summary>
public abstract record BtfValue
{
    private BtfValue()
    {
    }

    /// <summary>The value as a C initialiser; see <see cref="BtfValueText"/>.</summary>
    public sealed override string ToString() => BtfValueText.Format(this);

    /// <summary>A signed integer.</summary>
    public sealed record Signed(Int128 Value) : BtfValue;

    /// <summary>An unsigned integer.</summary>
    public sealed record Unsigned(UInt128 Value) : BtfValue;

    /// <summary>A single <c>char</c>.</summary>
    public sealed record Character(byte Value) : BtfValue;

    /// <summary>A truth value.</summary>
    public sealed record Boolean(bool Value) : BtfValue;

    /// <summary>A floating-point number.</summary>
    public sealed record Real(double Value) : BtfValue;

    /// <summary>A value of an enumeration; <paramref name="Name"/> is null when no enumerator has it.</summary>
    public sealed record Enumerated(string? Name, Int128 Value) : BtfValue;

    /// <summary>An address.</summary>
    public sealed record Pointer(ulong Address) : BtfValue;

    /// <summary>An array of <c>char</c> up to its first zero; usually UTF-8, but nothing guarantees it.</summary>
    public sealed record Text(ImmutableArray<byte> Bytes) : BtfValue;

    /// <summary>An array.</summary>
    public sealed record Array(ImmutableArray<BtfValue> Items) : BtfValue;

    /// <summary>A struct, a union, or a data section with its variables.</summary>
    public sealed record Composite(bool IsUnion, ImmutableArray<BtfFieldValue> Fields) : BtfValue;

    /// <summary>Bytes whose meaning BTF does not tell.</summary>
    public sealed record Opaque(ImmutableArray<byte> Bytes) : BtfValue;
}
