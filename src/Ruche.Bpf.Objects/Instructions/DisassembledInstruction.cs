// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>One instruction of a listing.</summary>
/// <param name="Slot">Its slot number.</param>
/// <param name="First">Its slot, or the first of two.</param>
/// <param name="Second">The second slot of a wide load; null otherwise.</param>
/// <param name="Text">Its text.</param>
public readonly record struct DisassembledInstruction(int Slot, Instruction First, Instruction? Second, string Text)
{
    /// <summary>How many slots it takes.</summary>
    public int SlotCount => Second is null ? 1 : 2;

    /// <summary>Its bytes in the given order.</summary>
    public byte[] Bytes(ByteOrder order = ByteOrder.Little) =>
        InstructionCodec.Encode(Second is { } second ? [First, second] : [First], order);
}
