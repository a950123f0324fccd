// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>A signed number as written; how much it may be depends on where it stands.</summary>
internal readonly record struct AssemblyNumber(bool IsNegative, ulong Magnitude, bool IsHex)
{
    /// <summary>
    /// As a 32-bit field. Hexadecimal may use all bits (<c>0xffffffff</c> is -1); decimal is signed.
    /// </summary>
    public int? ToInt32()
    {
        if (!IsNegative && IsHex && Magnitude <= uint.MaxValue) return (int)(uint)Magnitude;
        return ToInt64() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : null;
    }

    /// <summary>As a 16-bit field, signed.</summary>
    public short? ToInt16() => ToInt64() is >= short.MinValue and <= short.MaxValue and var value ? (short)value : null;

    /// <summary>As a 64-bit field, signed or unsigned.</summary>
    public ulong? ToBits64()
    {
        if (!IsNegative) return Magnitude;
        return Magnitude <= 1ul << 63 ? 0 - Magnitude : null;
    }

    private long? ToInt64()
    {
        if (!IsNegative) return Magnitude <= long.MaxValue ? (long)Magnitude : null;
        return Magnitude <= long.MaxValue ? -(long)Magnitude : null;
    }
}
