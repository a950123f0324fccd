// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>
/// What a single slot may contain, from RFC 9669 and the checks Linux makes before it looks at data flow.
/// The second slot of a wide load and everything about targets is <see cref="ProgramStructure"/>'s part.
/// </summary>
internal static partial class SlotRules
{
    /// <summary>Says what is wrong with a slot that starts an instruction, or nothing.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="fromKernel">Whether the slot may be one that only the kernel writes (dumps of loaded programs).</param>
    public static SlotFault? Check(Instruction slot, bool fromKernel = false) => slot.Class switch
    {
        InstructionClass.Load => CheckLoad(slot),
        InstructionClass.LoadX => CheckLoadX(slot),
        InstructionClass.Store => CheckStore(slot),
        InstructionClass.StoreX => slot.Mode is MemoryMode.Atomic ? CheckAtomic(slot) : CheckStoreX(slot),
        InstructionClass.Jump or InstructionClass.Jump32 => CheckJump(slot),
        _ => CheckAlu(slot, fromKernel),
    };

    private static SlotFault? CheckAlu(Instruction slot, bool fromKernel) => slot.AluOperation switch
    {
        > AluOperation.End => SlotFault.UnknownOpcode(slot),
        AluOperation.End => CheckEndian(slot),
        AluOperation.Neg when slot.UsesRegister => SlotFault.UnknownOpcode(slot),
        AluOperation.Neg => Written(slot) ?? NoSource(slot) ?? NoOffset(slot) ?? NoImmediate(slot),
        AluOperation.Mov when slot.UsesRegister => Written(slot) ?? Read(slot) ?? CheckMove(slot, fromKernel),
        AluOperation.Div or AluOperation.Mod => Written(slot) ?? SecondOperand(slot) ?? Signedness(slot),
        _ => Written(slot) ?? SecondOperand(slot) ?? NoOffset(slot),
    };

    private static SlotFault? CheckEndian(Instruction slot)
    {
        if (slot.Class is InstructionClass.Alu64 && slot.UsesRegister) return SlotFault.UnknownOpcode(slot);
        return Written(slot) ?? NoSource(slot) ?? NoOffset(slot)
            ?? (slot.Immediate is 16 or 32 or 64 ? null : SlotFault.Reserved("the width (immediate)", "16, 32 or 64", slot.Immediate));
    }

    private static SlotFault? CheckMove(Instruction slot, bool fromKernel)
    {
        bool isLong = slot.Class is InstructionClass.Alu64;
        if (isLong && slot.Offset == Opcodes.AddressSpaceCast)
        {
            return slot.Immediate is 1 or 1 << 16
                ? null
                : SlotFault.Reserved("the pair of address spaces (immediate)", "0 to 1 or 1 to 0", slot.Immediate);
        }

        if (isLong && fromKernel && slot.Offset == Opcodes.PerCpuAddress) return NoImmediate(slot);
        bool known = slot.Offset is 0 or 8 or 16 || (isLong && slot.Offset == 32);
        return known
            ? NoImmediate(slot)
            : SlotFault.Reserved("the sign-extended width (offset)", isLong ? "0, 8, 16 or 32" : "0, 8 or 16", slot.Offset);
    }

    private static SlotFault? SecondOperand(Instruction slot) =>
        slot.UsesRegister ? Read(slot) ?? NoImmediate(slot) : NoSource(slot);

    private static SlotFault? Signedness(Instruction slot) =>
        slot.Offset is 0 or 1 ? null : SlotFault.Reserved("the signedness (offset)", "0 or 1", slot.Offset);

    private static SlotFault? NoSource(Instruction slot) =>
        slot.Source == 0 ? null : SlotFault.Reserved("the source field", "0", (int)slot.Source);

    private static SlotFault? NoDestination(Instruction slot) =>
        slot.Destination == 0 ? null : SlotFault.Reserved("the destination field", "0", (int)slot.Destination);

    private static SlotFault? NoOffset(Instruction slot) =>
        slot.Offset == 0 ? null : SlotFault.Reserved("the offset", "0", slot.Offset);

    private static SlotFault? NoImmediate(Instruction slot) =>
        slot.Immediate == 0 ? null : SlotFault.Reserved("the immediate", "0", slot.Immediate);

    private static SlotFault? Read(Instruction slot) =>
        slot.Source <= Register.R10 ? null : SlotFault.NoRegister("the source field", slot.Source);

    private static SlotFault? ReadDestination(Instruction slot) =>
        slot.Destination <= Register.R10 ? null : SlotFault.NoRegister("the destination field", slot.Destination);

    private static SlotFault? Written(Instruction slot) => slot.Destination switch
    {
        < Register.R10 => null,
        Register.R10 => SlotFault.FramePointer("the destination field"),
        _ => SlotFault.NoRegister("the destination field", slot.Destination),
    };
}
