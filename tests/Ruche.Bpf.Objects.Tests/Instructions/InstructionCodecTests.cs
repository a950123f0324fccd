// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Tests.Instructions;

public sealed class InstructionCodecTests
{
    [Fact]
    public void Reads_the_fields_of_a_little_endian_slot()
    {
        byte[] bytes = [0x7b, 0x1a, 0xf8, 0xff, 0x04, 0x03, 0x02, 0x01];

        var slot = Assert.Single(InstructionCodec.Decode(bytes));

        Assert.Equal(new Instruction(0x7b, Register.R10, Register.R1, -8, 0x01020304), slot);
        Assert.Equal((InstructionClass.StoreX, MemoryMode.Memory, MemoryWidth.Double), (slot.Class, slot.Mode, slot.Width));
    }

    [Fact]
    public void Big_endian_swaps_nibbles_and_fields()
    {
        byte[] bytes = [0x7b, 0xa1, 0xff, 0xf8, 0x01, 0x02, 0x03, 0x04];

        var slot = Assert.Single(InstructionCodec.Decode(bytes, ByteOrder.Big));

        Assert.Equal(new Instruction(0x7b, Register.R10, Register.R1, -8, 0x01020304), slot);
        Assert.Equal(bytes, InstructionCodec.Encode([slot], ByteOrder.Big));
    }

    [Theory]
    [InlineData(ByteOrder.Little)]
    [InlineData(ByteOrder.Big)]
    public void Any_bytes_survive_decode_and_encode(ByteOrder order)
    {
        var bytes = new byte[4096 * Instruction.Size];
        new Random(1).NextBytes(bytes);

        var slots = InstructionCodec.Decode(bytes, order);

        Assert.Equal(bytes, InstructionCodec.Encode(slots, order));
    }

    [Fact]
    public void Slot_by_slot_decoding_agrees_with_the_bulk_copy()
    {
        var bytes = new byte[512 * Instruction.Size];
        new Random(2).NextBytes(bytes);

        var slots = InstructionCodec.Decode(bytes);

        for (int i = 0; i < slots.Length; i++)
            Assert.Equal(InstructionCodec.DecodeSlot(bytes.AsSpan(i * Instruction.Size)), slots[i]);
    }

    [Fact]
    public void A_ragged_program_is_refused_with_its_length()
    {
        var refused = Assert.Throws<InvalidObjectException>(() => InstructionCodec.Decode(new byte[15]));

        var diagnostic = Assert.Single(refused.Diagnostics);
        Assert.Equal("RU3600", diagnostic.Id);
        Assert.Contains("15 bytes", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decoding_into_a_given_span_allocates_nothing()
    {
        var bytes = new byte[64 * Instruction.Size];
        var slots = new Instruction[64];
        InstructionCodec.Decode(bytes, slots);

        long before = GC.GetAllocatedBytesForCurrentThread();
        InstructionCodec.Decode(bytes, slots);
        long after = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(before, after);
    }
}
