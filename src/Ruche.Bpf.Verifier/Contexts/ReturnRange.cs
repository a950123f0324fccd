// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>What a program may return.</summary>
/// <param name="Least">The least value.</param>
/// <param name="Greatest">The greatest value.</param>
/// <param name="Meaning">What the values mean, in words for a person.</param>
/// <param name="IsLowHalf">Whether only the low 32 bits of R0 count, taken as a signed number; otherwise all 64 do.</param>
public readonly record struct ReturnRange(int Least, int Greatest, string Meaning, bool IsLowHalf = false)
{
    /// <summary>Whether a value of R0 is allowed.</summary>
    public bool Contains(long value) => (IsLowHalf ? (int)value : value) is var counted && counted >= Least && counted <= Greatest;

    /// <summary>Whether all values from one to another are; of R0's low half, when only that counts.</summary>
    public bool Contains(long least, long greatest) => least >= Least && greatest <= Greatest;
}
