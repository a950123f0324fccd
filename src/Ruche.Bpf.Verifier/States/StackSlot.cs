// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.States;

/// <summary>Eight bytes of a stack. Never changed, so that states share them.</summary>
internal sealed class StackSlot
{
    /// <summary>Bytes in a slot.</summary>
    public const int Size = 8;

    private const ulong Ones = 0x0101_0101_0101_0101;

    // One byte of this for each byte of the slot, the lowest address first.
    private readonly ulong _bytes;

    private StackSlot(ulong bytes, Value? spilled)
    {
        _bytes = bytes;
        Spilled = spilled;
    }

    /// <summary>Nothing was written yet.</summary>
    public static StackSlot Unwritten { get; } = All(SlotByte.Unwritten);

    /// <summary>Eight bytes of something.</summary>
    public static StackSlot Misc { get; } = All(SlotByte.Misc);

    /// <summary>Eight zeros.</summary>
    public static StackSlot Zero { get; } = All(SlotByte.Zero);

    /// <summary>The spilled register, or what the kernel keeps here.</summary>
    public Value? Spilled { get; }

    /// <summary>What a byte holds, counted from the lowest address.</summary>
    public SlotByte this[int index] => (SlotByte)(byte)(_bytes >> (index * 8));

    /// <summary>Whether this is a register spilled whole.</summary>
    public bool IsWholeSpill => _bytes == Ones * (byte)SlotByte.Spill;

    /// <summary>Whether a spilled register is here, whole or its lower part.</summary>
    public bool IsSpill => this[0] is SlotByte.Spill;

    /// <summary>Whether the spilled register is a number.</summary>
    public bool IsScalarSpill => IsSpill && Spilled!.IsScalar;

    /// <summary>Whether the kernel keeps something here.</summary>
    public bool IsDynamic => this[0] is SlotByte.Dynamic;

    /// <summary>Whether all bytes are of one kind.</summary>
    public bool IsAll(SlotByte kind) => _bytes == Ones * (byte)kind;

    /// <summary>Eight bytes of one kind.</summary>
    public static StackSlot All(SlotByte kind) => new(Ones * (byte)kind, null);

    /// <summary>A register, spilled with so many of its bytes; the rest of the slot is what it was.</summary>
    public static StackSlot Spill(Value value, int size, StackSlot before)
    {
        ulong bytes = Ones * (byte)SlotByte.Spill;
        if (size == Size) return new(bytes, value);
        for (int i = size; i < Size; i++) bytes = With(bytes, i, before[i] is SlotByte.Spill ? SlotByte.Misc : before[i]);
        return new(bytes, value);
    }

    /// <summary>What the kernel keeps here.</summary>
    public static StackSlot Dynamic(Value value) => new(Ones * (byte)SlotByte.Dynamic, value);

    /// <summary>The same slot with some bytes written; a spilled register is lost.</summary>
    public StackSlot WithBytes(int first, int count, SlotByte kind)
    {
        if (count == Size) return All(kind);
        ulong bytes = Scrubbed()._bytes;
        for (int i = first; i < first + count; i++) bytes = With(bytes, i, kind);
        return new(bytes, null);
    }

    /// <summary>The same slot with the spilled register forgotten: its bytes are something, or zeros if it was zero.</summary>
    public StackSlot Scrubbed()
    {
        if (Spilled is null) return this;
        ulong bytes = _bytes;
        for (int i = 0; i < Size; i++)
        {
            if (this[i] is SlotByte.Spill or SlotByte.Dynamic) bytes = With(bytes, i, SlotByte.Misc);
        }

        return new(bytes, null);
    }

    /// <summary>The same bytes with another spilled register.</summary>
    public StackSlot WithSpilled(Value value) => new(_bytes, value);

    private static ulong With(ulong bytes, int index, SlotByte kind) => (bytes & ~(0xffUL << (index * 8))) | ((ulong)kind << (index * 8));
}
