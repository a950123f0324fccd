// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.States;

/// <summary>What one byte of the stack holds.</summary>
internal enum SlotByte : byte
{
    /// <summary>Whatever was there before.</summary>
    Unwritten,

    /// <summary>A part of a spilled register.</summary>
    Spill,

    /// <summary>Something.</summary>
    Misc,

    /// <summary>Zero.</summary>
    Zero,

    /// <summary>A part of what the kernel keeps there: a dynptr, an iterator, interrupt flags.</summary>
    Dynamic,
}
