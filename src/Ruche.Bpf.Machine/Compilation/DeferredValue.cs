// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation;

/// <summary>
/// What a register of the program stands for while no code has put it there: a sum of what other registers hold, or bytes of memory that
/// are being put together. Most such values become part of an address or of another instruction and never exist by themselves.
/// </summary>
/// <param name="Kind">Which of the two; by default neither, and the register holds its value.</param>
/// <param name="Base">The register that is added as it is; -1 for none.</param>
/// <param name="Index">The register that is shifted; -1 for none.</param>
/// <param name="Scale">By how much it is shifted: 0 to 3.</param>
/// <param name="Displacement">What is added to that.</param>
/// <param name="IsNarrow">Whether only the lower 32 bits of the sum count.</param>
/// <param name="Bytes">How many bytes of memory, from the address that the sum gives.</param>
/// <param name="Shift">How many bits they are shifted left.</param>
internal readonly record struct DeferredValue(DeferredKind Kind, sbyte Base, sbyte Index, byte Scale, int Displacement, bool IsNarrow = false, byte Bytes = 0, byte Shift = 0)
{
    /// <summary>What the register itself holds.</summary>
    public static DeferredValue Of(int register) => new(DeferredKind.Sum, (sbyte)register, -1, 0, 0);

    /// <summary>Whether it is what another register holds.</summary>
    public bool IsCopy => Kind is DeferredKind.Sum && Base >= 0 && Index < 0 && Displacement == 0;

    /// <summary>The registers it is made of, a bit for each.</summary>
    public int References => Kind is DeferredKind.None ? 0 : (Base < 0 ? 0 : 1 << Base) | (Index < 0 ? 0 : 1 << Index);

    /// <summary>The sum of two sums where an address can express it.</summary>
    public DeferredValue? Plus(DeferredValue other)
    {
        long displacement = (long)Displacement + other.Displacement;
        if (displacement != (int)displacement) return null;
        var sum = this with { Displacement = (int)displacement };
        if (other.Index >= 0) sum = sum.PlusTerm(other.Index, other.Scale) ?? default;
        if (other.Base >= 0 && sum.Kind is not DeferredKind.None) sum = sum.PlusTerm(other.Base, 0) ?? default;
        return sum.Kind is DeferredKind.None ? null : sum;
    }

    public DeferredValue? Plus(int constant)
    {
        int displacement = unchecked(Displacement + constant);
        return displacement == (long)Displacement + constant ? this with { Displacement = displacement } : null;
    }

    /// <summary>The sum shifted left where an address can express it.</summary>
    public DeferredValue? ShiftedLeft(int by)
    {
        if (Kind is not DeferredKind.Sum || (Base >= 0 && Index >= 0)) return null;
        int scale = (Index >= 0 ? Scale : 0) + by;
        long displacement = (long)Displacement << by;
        if (scale > 3 || displacement != (int)displacement) return null;
        return this with { Base = -1, Index = Index >= 0 ? Index : Base, Scale = (byte)scale, Displacement = (int)displacement };
    }

    private DeferredValue? PlusTerm(sbyte register, byte scale)
    {
        if (scale == 0 && Base < 0) return this with { Base = register };
        return Index < 0 ? this with { Index = register, Scale = scale } : null;
    }
}
