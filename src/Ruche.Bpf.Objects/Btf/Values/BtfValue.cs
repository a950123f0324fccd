// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Btf.Values;

/// <summary>A value in memory, read by its BTF type. The set is closed; <see cref="ToString"/> writes it as C would initialise it.</summary>
public abstract record BtfValue
{
    private BtfValue()
    {
    }

    /// <inheritdoc/>
    public sealed override string ToString() => BtfValueText.Format(this);

    /// <summary>An integer of up to 128 bits, or a bit field.</summary>
    public sealed record Integer(Int128 Value) : BtfValue;

    /// <summary>A truth value.</summary>
    public sealed record Boolean(bool Value) : BtfValue;

    /// <summary>A character array, up to its first zero.</summary>
    public sealed record Text(string Value) : BtfValue;

    /// <summary>A value of an enumeration; no name when the enumeration lacks it.</summary>
    public sealed record Enumerator(string? Name, Int128 Value) : BtfValue;

    /// <summary>An address.</summary>
    public sealed record Pointer(ulong Address) : BtfValue;

    /// <summary>A floating-point number.</summary>
    public sealed record Floating(double Value) : BtfValue;

    /// <summary>A struct or union. The fields of anonymous members stand among its own.</summary>
    public sealed record Structure(ImmutableArray<BtfField> Fields) : BtfValue;

    /// <summary>An array.</summary>
    public sealed record Sequence(ImmutableArray<BtfValue> Items) : BtfValue;

    /// <summary>Bytes of no known type, or an array of them.</summary>
    public sealed record Bytes(ImmutableArray<byte> Value) : BtfValue;
}
