// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <content>Jumps, calls and exit.</content>
internal static partial class SlotRules
{
    private static SlotFault? CheckJump(Instruction slot)
    {
        bool isShort = slot.Class is InstructionClass.Jump;
        return slot.JumpOperation switch
        {
            JumpOperation.Always => CheckGoto(slot),
            JumpOperation.Call when isShort => slot.UsesRegister ? CheckCallRegister(slot) : CheckCall(slot),
            JumpOperation.Exit when isShort && !slot.UsesRegister =>
                NoDestination(slot) ?? NoSource(slot) ?? NoOffset(slot) ?? NoImmediate(slot),
            JumpOperation.Conditional when isShort && !slot.UsesRegister =>
                NoDestination(slot) ?? NoSource(slot) ?? NoImmediate(slot),
            JumpOperation.Call or JumpOperation.Exit or >= JumpOperation.Conditional => SlotFault.UnknownOpcode(slot),
            _ => ReadDestination(slot) ?? SecondOperand(slot),
        };
    }

    private static SlotFault? CheckGoto(Instruction slot) => slot.Opcode switch
    {
        Opcodes.Goto => NoDestination(slot) ?? NoSource(slot) ?? NoImmediate(slot),
        Opcodes.GotoLong => NoDestination(slot) ?? NoSource(slot) ?? NoOffset(slot),
        Opcodes.GotoRegister => ReadDestination(slot) ?? NoSource(slot) ?? NoOffset(slot) ?? NoImmediate(slot),
        _ => SlotFault.UnknownOpcode(slot),
    };

    private static SlotFault? CheckCall(Instruction slot)
    {
        if (slot.CallKind > CallKind.Kernel) return SlotFault.Reserved("the kind of call (source field)", "0 to 2", (int)slot.Source);
        return NoDestination(slot) ?? (slot.CallKind is CallKind.Kernel ? null : NoOffset(slot));
    }

    // The register is the destination field in RFC 9669 and in clang from 19 on; older ones write it to the immediate.
    private static SlotFault? CheckCallRegister(Instruction slot)
    {
        if ((NoSource(slot) ?? NoOffset(slot) ?? ReadDestination(slot)) is { } fault) return fault;
        bool isOldForm = slot.Destination == 0 && slot.Immediate is >= 0 and <= (int)Register.R10;
        return isOldForm ? null : NoImmediate(slot);
    }
}
