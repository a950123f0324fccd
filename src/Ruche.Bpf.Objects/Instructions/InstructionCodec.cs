// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Instructions;

/// <summary>
/// Turns bytes into instruction slots and back. Any eight bytes are a slot: whether they mean anything is
/// <see cref="InstructionValidator"/>'s business.
/// </summary>
public static class InstructionCodec
{
    /// <summary>Decodes a whole program.</summary>
    /// <exception cref="InvalidObjectException">The length is not a multiple of eight.</exception>
    public static Instruction[] Decode(ReadOnlySpan<byte> bytes, ByteOrder order = ByteOrder.Little, Location? where = null)
    {
        if (bytes.Length % Instruction.Size != 0) ThrowRagged(bytes.Length, where);
        var slots = new Instruction[bytes.Length / Instruction.Size];
        Decode(bytes, slots, order);
        return slots;
    }

    /// <summary>Decodes as many slots as the destination holds; the bytes must be exactly as long.</summary>
    public static void Decode(ReadOnlySpan<byte> bytes, Span<Instruction> slots, ByteOrder order = ByteOrder.Little)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, (long)slots.Length * Instruction.Size);
        if (order is ByteOrder.Little && BitConverter.IsLittleEndian)
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(slots));
            return;
        }

        for (int i = 0; i < slots.Length; i++) slots[i] = DecodeSlot(bytes[(i * Instruction.Size)..], order);
    }

    /// <summary>Decodes the slot at the start of the bytes.</summary>
    public static Instruction DecodeSlot(ReadOnlySpan<byte> bytes, ByteOrder order = ByteOrder.Little)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, Instruction.Size);
        var (low, high) = ((Register)(bytes[1] & 0xf), (Register)(bytes[1] >> 4));

        // The nibbles are bit fields in C, so their order follows the byte order of the target.
        return order is ByteOrder.Little
            ? new(bytes[0], low, high, BinaryPrimitives.ReadInt16LittleEndian(bytes[2..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]))
            : new(bytes[0], high, low, BinaryPrimitives.ReadInt16BigEndian(bytes[2..]), BinaryPrimitives.ReadInt32BigEndian(bytes[4..]));
    }

    /// <summary>Encodes a whole program.</summary>
    public static byte[] Encode(ReadOnlySpan<Instruction> slots, ByteOrder order = ByteOrder.Little)
    {
        var bytes = new byte[checked(slots.Length * Instruction.Size)];
        Encode(slots, bytes, order);
        return bytes;
    }

    /// <summary>Encodes into a destination of exactly the right length.</summary>
    public static void Encode(ReadOnlySpan<Instruction> slots, Span<byte> bytes, ByteOrder order = ByteOrder.Little)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, (long)slots.Length * Instruction.Size);
        if (order is ByteOrder.Little && BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(slots).CopyTo(bytes);
            return;
        }

        for (int i = 0; i < slots.Length; i++) EncodeSlot(slots[i], bytes[(i * Instruction.Size)..], order);
    }

    /// <summary>Encodes one slot at the start of the destination.</summary>
    public static void EncodeSlot(Instruction slot, Span<byte> bytes, ByteOrder order = ByteOrder.Little)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, Instruction.Size);
        bytes[0] = slot.Opcode;
        if (order is ByteOrder.Little)
        {
            bytes[1] = (byte)(((int)slot.Source << 4) | (int)slot.Destination);
            BinaryPrimitives.WriteInt16LittleEndian(bytes[2..], slot.Offset);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], slot.Immediate);
            return;
        }

        bytes[1] = (byte)(((int)slot.Destination << 4) | (int)slot.Source);
        BinaryPrimitives.WriteInt16BigEndian(bytes[2..], slot.Offset);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], slot.Immediate);
    }

    private static void ThrowRagged(int length, Location? where) => throw new InvalidObjectException(new Diagnostic(
        InstructionDiagnostics.RaggedLength,
        Severity.Error,
        $"program of {length} bytes is not a whole number of {Instruction.Size}-byte instructions: {length % Instruction.Size} left over",
        where ?? Location.Unknown));
}
