// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>Why one slot is not an instruction: a diagnostic id and the reason.</summary>
internal sealed record SlotFault(string Id, string Reason)
{
    public static SlotFault UnknownOpcode(Instruction slot) =>
        new(InstructionDiagnostics.UnknownOpcode, $"opcode 0x{slot.Opcode:x2} means nothing");

    public static SlotFault Reserved(string field, string expected, long found) =>
        new(InstructionDiagnostics.ReservedField, $"{field} must be {expected}, found {found}");

    public static SlotFault NoRegister(string field, Register found) =>
        new(InstructionDiagnostics.BadRegister, $"{field} names r{(int)found}, expected r0 to r10");

    public static SlotFault FramePointer(string field) =>
        new(InstructionDiagnostics.BadRegister, $"{field} writes r10, the frame pointer, which is read-only");
}
