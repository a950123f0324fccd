// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <content>Jumps, calls and exit.</content>
internal sealed partial class InstructionFormatter
{
    private string FormatJump(Instruction slot, int number)
    {
        switch (slot.Opcode)
        {
            case Opcodes.Exit:
                return "exit";
            case Opcodes.Call:
                return FormatCall(slot, number);
            case Opcodes.CallRegister when slot.Immediate != 0:
                return options.Syntax is DisassemblySyntax.Exact ? $"callx r{slot.Immediate} (imm)" : $"callx r{slot.Immediate}";
            case Opcodes.CallRegister:
                return $"callx r{(int)slot.Destination}";
            case Opcodes.Goto:
                return $"goto {Target(slot, number)}";
            case Opcodes.GotoLong:
                return $"gotol {Target(slot, number)}";
            case Opcodes.GotoRegister:
                return $"gotox r{(int)slot.Destination}";
            case Opcodes.MayGoto:
                return $"may_goto {Target(slot, number)}";
            default:
                return $"if {Comparison(slot)} goto {Target(slot, number)}";
        }
    }

    private string Comparison(Instruction slot)
    {
        bool isNarrow = slot.Class is InstructionClass.Jump32;
        string right = slot.UsesRegister || !_isLog ? SecondOperand(slot, isNarrow) : $"0x{slot.Immediate:x}";
        return $"{Name(slot.Destination, isNarrow)} {OperatorText.Of(slot.JumpOperation)} {right}";
    }

    private string Target(Instruction slot, int number)
    {
        int distance = slot.JumpDistance ?? 0;
        return $"{(_isLog ? "pc" : "")}{SignedNumber(distance)}{LabelOf(number + 1L + distance)}";
    }

    private string FormatCall(Instruction slot, int number)
    {
        string symbol = SymbolOf(number);
        if (options.Syntax is DisassemblySyntax.Llvm) return $"call {Number(slot.Immediate)}{symbol}";
        switch (slot.CallKind)
        {
            case CallKind.Local:
                string label = symbol.Length > 0 ? symbol : LabelOf(number + 1L + slot.Immediate);
                return $"call pc{(slot.Immediate < 0 ? "" : "+")}{slot.Immediate}{label}";
            case CallKind.Kernel:
                string module = slot.Offset == 0 ? "" : $"@{slot.Offset}";
                return $"call kernel-function#{slot.Immediate}{module}{symbol}";
            default:
                return $"call {HelperText(slot.Immediate)}{symbol}";
        }
    }

    private string HelperText(int helper)
    {
        string? name = options.HelperNames ? HelperNames.NameOf((Uapi.HelperId)helper) : null;
        if (_isLog) return $"{name ?? "unknown"}#{helper}";
        return name ?? Number(helper);
    }

    private string LabelOf(long slot) =>
        slot is >= 0 and <= int.MaxValue && options.Label?.Invoke((int)slot) is { } label ? $" <{label}>" : "";

    private string SymbolOf(int slot) => options.Symbol?.Invoke(slot) is { } symbol ? $" <{symbol}>" : "";
}
