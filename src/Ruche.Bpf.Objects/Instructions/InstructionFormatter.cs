// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>Spells single instructions for <see cref="Disassembler"/>: arithmetic here, memory and jumps in the other parts.</summary>
internal sealed partial class InstructionFormatter(DisassemblyOptions options)
{
    private readonly bool _isLog = options.Syntax is DisassemblySyntax.VerifierLog;
    private readonly bool _isHex = options.Numbers is DisassemblyNumbers.Hexadecimal && options.Syntax is not DisassemblySyntax.VerifierLog;

    public string Format(Instruction first, Instruction second, int slot)
    {
        if (SlotRules.Check(first, fromKernel: true) is not null) return Bytes(first);
        string text = first.Class switch
        {
            InstructionClass.Load => FormatLoad(first, second, slot),
            InstructionClass.LoadX => FormatLoadX(first),
            InstructionClass.Store => $"*({Type(first)} *)({Address(first.Destination, first.Offset)}) = {Number(first.Immediate)}",
            InstructionClass.StoreX => first.IsAtomic ? FormatAtomic(first) : FormatStoreX(first),
            InstructionClass.Jump or InstructionClass.Jump32 => FormatJump(first, slot),
            _ => FormatAlu(first),
        };
        return _isLog ? $"({first.Opcode:x2}) {text}" : text;
    }

    /// <summary>Spells a slot that is not an instruction.</summary>
    public string Bytes(Instruction slot)
    {
        if (options.Syntax is DisassemblySyntax.Llvm) return "<unknown>";
        Span<byte> bytes = stackalloc byte[Instruction.Size];
        InstructionCodec.EncodeSlot(slot, bytes);
        string hex = string.Join(", ", bytes.ToArray().Select(b => $"0x{b:x2}"));
        return _isLog ? $"({slot.Opcode:x2}) invalid {hex}" : $".byte {hex}";
    }

    private string FormatAlu(Instruction slot)
    {
        bool isNarrow = slot.Class is InstructionClass.Alu32;
        string destination = Name(slot.Destination, isNarrow);
        switch (slot.AluOperation)
        {
            case AluOperation.Neg:
                return $"{destination} = -{destination}";
            case AluOperation.End:
                return $"r{(int)slot.Destination} = {EndianWord(slot)}{slot.Immediate} r{(int)slot.Destination}";
            case AluOperation.Mov when slot.UsesRegister && slot.Offset != 0:
                return $"{destination} = {FormatSpecialMove(slot, isNarrow)}";
            case AluOperation.Mov:
                return $"{destination} = {SecondOperand(slot, isNarrow)}";
            default:
                string signed = slot.Offset == 1 ? "s" : "";
                return $"{destination} {signed}{OperatorText.Of(slot.AluOperation)}= {SecondOperand(slot, isNarrow)}";
        }
    }

    private string FormatSpecialMove(Instruction slot, bool isNarrow) => slot.Offset switch
    {
        Opcodes.AddressSpaceCast =>
            $"addr_space_cast(r{(int)slot.Source}, {Number(slot.Immediate >> 16)}, {Number(slot.Immediate & 0xffff)})",
        Opcodes.PerCpuAddress => $"&(void __percpu *)(r{(int)slot.Source})",
        _ => $"(s{slot.Offset}){Name(slot.Source, isNarrow || (slot.Offset == 32 && !_isLog))}",
    };

    private static string EndianWord(Instruction slot) => (EndianOperation)slot.Opcode switch
    {
        EndianOperation.ToBig => "be",
        EndianOperation.Swap => "bswap",
        _ => "le",
    };

    private string SecondOperand(Instruction slot, bool isNarrow) =>
        slot.UsesRegister ? Name(slot.Source, isNarrow) : Number(slot.Immediate);

    private static string Name(Register register, bool isNarrow) => $"{(isNarrow ? 'w' : 'r')}{(int)register}";

    private string Number(long value)
    {
        if (!_isHex) return value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return value < 0 ? $"-0x{(ulong)-value:x}" : $"0x{value:x}";
    }

    private string SignedNumber(long value) => value < 0 ? Number(value) : $"+{Number(value)}";
}
