// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Helpers;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Code;

/// <summary>Settles what each slot of a valid program means. Slots keep their numbers: nothing is ever at the second slot of a wide load.</summary>
internal sealed class Decoder(ProgramImage image, DiagnosticBag diagnostics)
{
    public DecodedInstruction[] Decode()
    {
        var decoded = new DecodedInstruction[image.Instructions.Length];
        for (int slot = 0; slot < decoded.Length; slot++)
        {
            decoded[slot] = Decode(slot);
            if (image.Instructions[slot].IsWide) slot++;
        }

        return decoded;
    }

    private DecodedInstruction Decode(int slot)
    {
        var instruction = image.Instructions[slot];
        return new(
            OperationOf(slot, instruction),
            instruction.IsPacketLoad ? (byte)instruction.WidthBytes : (byte)instruction.Destination,
            (byte)instruction.Source,
            TargetOf(slot, instruction),
            instruction.IsWide ? (long)WideValueOf(slot, instruction) : instruction.Immediate);
    }

    private Operation OperationOf(int slot, Instruction instruction) => instruction.Class switch
    {
        InstructionClass.Alu32 or InstructionClass.Alu64 => ArithmeticOf(slot, instruction),
        InstructionClass.StoreX when instruction.IsAtomic => AtomicOf(instruction),
        InstructionClass.Load when instruction.IsPacketLoad && image.Helpers.IndexOf(PacketLoads.Name) < 0 =>
            Refuse(slot, MachineDiagnostics.NoPacket, "a legacy packet load needs a socket buffer, and this program is given none"),
        InstructionClass.Load when instruction.IsPacketLoad => instruction.Mode is MemoryMode.Indirect ? Operation.LoadPacketIndexed : Operation.LoadPacket,
        InstructionClass.Jump when instruction.IsLocalCall => Operation.CallLocal,
        InstructionClass.Jump when instruction.IsKernelCall => Operation.CallHelper,
        InstructionClass.Jump when instruction.IsHelperCall && instruction.Immediate == (int)HelperId.TailCall => Operation.TailCall,
        InstructionClass.Jump when instruction.IsHelperCall && IsLookup(instruction) => Operation.LookupElement,
        InstructionClass.Jump when instruction.Opcode == Opcodes.GotoRegister =>
            Refuse(slot, MachineDiagnostics.NoJumpTable, "a jump through a register needs an array of instructions, and the machine has none"),
        _ => (Operation)instruction.Opcode,
    };

    private Operation ArithmeticOf(int slot, Instruction instruction) => instruction.AluOperation switch
    {
        AluOperation.End => ByteOrderOf(instruction),
        AluOperation.Div when instruction.Offset == 1 => Pick(instruction, Operation.SignedDiv64Immediate, Operation.SignedDiv32Immediate),
        AluOperation.Mod when instruction.Offset == 1 => Pick(instruction, Operation.SignedMod64Immediate, Operation.SignedMod32Immediate),
        AluOperation.Mov when instruction.Offset == Opcodes.AddressSpaceCast && instruction.UsesRegister =>
            Refuse(slot, MachineDiagnostics.NoArena, "a cast between address spaces needs an arena, and this program has none"),
        AluOperation.Mov when instruction.Offset != 0 => SignExtensionOf(instruction),
        _ => (Operation)instruction.Opcode,
    };

    // The register form follows the immediate form in the list.
    private static Operation Pick(Instruction instruction, Operation wide, Operation narrow) =>
        After(instruction.Class is InstructionClass.Alu64 ? wide : narrow, instruction.UsesRegister ? 1 : 0);

    private static Operation After(Operation first, int places) => (Operation)((int)first + places);

    private static Operation SignExtensionOf(Instruction instruction) => (instruction.Class, instruction.Offset) switch
    {
        (InstructionClass.Alu64, 8) => Operation.MovSigned8To64,
        (InstructionClass.Alu64, 16) => Operation.MovSigned16To64,
        (InstructionClass.Alu64, _) => Operation.MovSigned32To64,
        (_, 8) => Operation.MovSigned8To32,
        _ => Operation.MovSigned16To32,
    };

    // Towards the host's own order, a conversion only cuts off what lies above its width.
    private static Operation ByteOrderOf(Instruction instruction)
    {
        bool isHostOrder = (EndianOperation)instruction.Opcode switch
        {
            EndianOperation.ToLittle => BitConverter.IsLittleEndian,
            EndianOperation.ToBig => !BitConverter.IsLittleEndian,
            _ => false,
        };
        return (instruction.Immediate, isHostOrder) switch
        {
            (16, true) => Operation.Truncate16,
            (32, true) => Operation.Truncate32,
            (_, true) => Operation.Nothing,
            (16, _) => Operation.Swap16,
            (32, _) => Operation.Swap32,
            _ => Operation.Swap64,
        };
    }

    private static Operation AtomicOf(Instruction instruction)
    {
        if (instruction.AtomicOperation is AtomicOperation.LoadAcquire) return After(Operation.LoadAcquireByte, Order(instruction.Width));
        if (instruction.AtomicOperation is AtomicOperation.StoreRelease) return After(Operation.StoreReleaseByte, Order(instruction.Width));
        var narrow = instruction.AtomicOperation switch
        {
            AtomicOperation.Add => Operation.AtomicAdd32,
            AtomicOperation.FetchAdd => Operation.AtomicFetchAdd32,
            AtomicOperation.Or => Operation.AtomicOr32,
            AtomicOperation.FetchOr => Operation.AtomicFetchOr32,
            AtomicOperation.And => Operation.AtomicAnd32,
            AtomicOperation.FetchAnd => Operation.AtomicFetchAnd32,
            AtomicOperation.Xor => Operation.AtomicXor32,
            AtomicOperation.FetchXor => Operation.AtomicFetchXor32,
            AtomicOperation.Exchange => Operation.AtomicExchange32,
            _ => Operation.AtomicCompareExchange32,
        };
        return instruction.Width is MemoryWidth.Double ? After(narrow, Operation.AtomicAdd64 - Operation.AtomicAdd32) : narrow;

        static int Order(MemoryWidth width) => width switch
        {
            MemoryWidth.Byte => 0,
            MemoryWidth.Half => 1,
            MemoryWidth.Word => 2,
            _ => 3,
        };
    }

    private int TargetOf(int slot, Instruction instruction)
    {
        if (instruction.IsHelperCall) return HelperOf(slot, instruction);
        if (instruction.IsKernelCall) return KernelFunctionOf(slot, instruction);
        if (instruction.IsLocalCall) return slot + 1 + instruction.Immediate;
        if (instruction.IsPacketLoad) return image.Helpers.IndexOf(PacketLoads.Name);
        return instruction.JumpDistance is { } distance ? slot + 1 + distance : instruction.Offset;
    }

    private bool IsLookup(Instruction call) =>
        call.Immediate == (int)HelperId.MapLookupElem && image.Helpers.IndexOf(call.Immediate) is >= 0 and var place && image.Helpers[place] == MapHelpers.LookupElement;

    private int HelperOf(int slot, Instruction call)
    {
        int place = image.Helpers.IndexOf(call.Immediate);
        if (place >= 0) return place;
        var helper = (HelperId)call.Immediate;
        string name = $"helper {call.Immediate} ({HelperNames.NameOf(helper) ?? "unknown"})";
        bool isForOthers = HelperAvailability.IsAvailable(image.Type, helper) is false && Enum.IsDefined(helper);
        Refuse(slot, MachineDiagnostics.NoHelper, isForOthers ? $"{image.Type} programs may not call {name}" : $"the machine has no {name}");
        return place;
    }

    private int KernelFunctionOf(int slot, Instruction call)
    {
        string? name = image.KernelCalls.GetValueOrDefault(slot);
        int place = name is null ? -1 : image.Helpers.IndexOf(name);
        if (place < 0) Refuse(slot, MachineDiagnostics.NoKernelFunction, $"the machine has no kernel function {name ?? $"{call.Immediate}"}");
        return place;
    }

    private ulong WideValueOf(int slot, Instruction load)
    {
        if (load.WideSource is WideSource.Value) return load.WideValue(image.Instructions[slot + 1]);
        if (load.WideSource is WideSource.Function) return FunctionAddresses.Of(slot + 1 + load.Immediate);
        Refuse(slot, MachineDiagnostics.NoMap, "the load refers to a map or a variable of the kernel, and this program is given none");
        return 0;
    }

    private Operation Refuse(int slot, string id, string reason)
    {
        diagnostics.Error(id, $"instruction {slot}: {reason}", new Location.Image(image.Name, null, (long)slot * Instruction.Size));
        return Operation.Nothing;
    }
}
