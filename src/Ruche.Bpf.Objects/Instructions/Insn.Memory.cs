// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <content>Memory: wide immediates, loads, stores and atomics.</content>
public static partial class Insn
{
    /// <summary>The two slots of a 64-bit immediate load.</summary>
    public static Instruction[] LoadWide(Register destination, ulong value) =>
        LoadWide(destination, WideSource.Value, (int)(uint)value, (int)(uint)(value >> 32));

    /// <summary>The two slots of a 64-bit immediate load with a meaning; the halves are the immediates of the slots.</summary>
    public static Instruction[] LoadWide(Register destination, WideSource source, int low, int high = 0) =>
        [new(Opcodes.LoadWide, destination, (Register)source, 0, low), new(0, default, default, 0, high)];

    /// <summary>The two slots that load a map by file descriptor.</summary>
    public static Instruction[] LoadMap(Register destination, int descriptor) =>
        LoadWide(destination, WideSource.MapDescriptor, descriptor);

    /// <summary>The two slots that load an address inside a map's first value.</summary>
    public static Instruction[] LoadMapValue(Register destination, int descriptor, int offset) =>
        LoadWide(destination, WideSource.MapValue, descriptor, offset);

    /// <summary>Loads from memory, zero-extended.</summary>
    public static Instruction Load(MemoryWidth width, Register destination, Register address, short offset) =>
        new(Opcodes.Of(InstructionClass.LoadX, MemoryMode.Memory, width), destination, address, offset, 0);

    /// <summary>Loads one, two or four bytes from memory, sign-extended. Linux 6.6.</summary>
    public static Instruction LoadSigned(MemoryWidth width, Register destination, Register address, short offset) =>
        new(Opcodes.Of(InstructionClass.LoadX, MemoryMode.SignExtended, width), destination, address, offset, 0);

    /// <summary>Stores a register.</summary>
    public static Instruction Store(MemoryWidth width, Register address, short offset, Register source) =>
        new(Opcodes.Of(InstructionClass.StoreX, MemoryMode.Memory, width), address, source, offset, 0);

    /// <summary>Stores an immediate.</summary>
    public static Instruction Store(MemoryWidth width, Register address, short offset, int immediate) =>
        new(Opcodes.Of(InstructionClass.Store, MemoryMode.Memory, width), address, default, offset, immediate);

    /// <summary>An atomic read-modify-write, or a store-release, of a register on memory.</summary>
    public static Instruction Atomic(AtomicOperation operation, MemoryWidth width, Register address, short offset, Register source) =>
        new(Opcodes.Of(InstructionClass.StoreX, MemoryMode.Atomic, width), address, source, offset, (int)operation);

    /// <summary>Loads with acquire ordering. Linux 6.15.</summary>
    public static Instruction LoadAcquire(MemoryWidth width, Register destination, Register address, short offset) =>
        Atomic(AtomicOperation.LoadAcquire, width, destination, offset, address);

    /// <summary>Stores with release ordering. Linux 6.15.</summary>
    public static Instruction StoreRelease(MemoryWidth width, Register address, short offset, Register source) =>
        Atomic(AtomicOperation.StoreRelease, width, address, offset, source);

    /// <summary>Legacy packet load at a constant offset into R0.</summary>
    public static Instruction LoadPacket(MemoryWidth width, int offset) =>
        new(Opcodes.Of(InstructionClass.Load, MemoryMode.Absolute, width), default, default, 0, offset);

    /// <summary>Legacy packet load at register plus constant into R0.</summary>
    public static Instruction LoadPacket(MemoryWidth width, Register index, int offset) =>
        new(Opcodes.Of(InstructionClass.Load, MemoryMode.Indirect, width), default, index, 0, offset);
}
