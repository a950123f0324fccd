// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.States;

/// <summary>Offsets from the frame pointer, and the slots they lie in.</summary>
internal static class StackPlace
{
    /// <summary>The deepest byte of a stack.</summary>
    public const int Lowest = -512;

    /// <summary>The slot a byte lies in, counted from the frame pointer down; negative above it.</summary>
    public static int SlotOf(int offset) => offset >= 0 ? -1 : (-offset - 1) / StackSlot.Size;

    /// <summary>Which byte of its slot it is, counted from the lowest address.</summary>
    public static int ByteOf(int offset) => offset & (StackSlot.Size - 1);
}
