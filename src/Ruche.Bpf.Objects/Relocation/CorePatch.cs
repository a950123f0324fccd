// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Relocation;

/// <summary>Puts answers into instructions.</summary>
internal static class CorePatch
{
    /// <summary>Changes the instruction at a slot; returns the diagnostic id of what forbids it, or null.</summary>
    public static string? Apply(Span<Instruction> code, int slot, CoreResolution resolution)
    {
        if (resolution.FailureId is { } id) return id;
        if (resolution.Target.Value is not { } value) return CoreDiagnostics.BadRecord;
        var instruction = code[slot];
        switch (instruction.Class)
        {
            case InstructionClass.Alu32 or InstructionClass.Alu64:
                if (instruction.UsesRegister || !Holds(resolution, (ulong)instruction.Immediate, (uint)instruction.Immediate))
                    return CoreDiagnostics.BadInstruction;
                code[slot] = instruction.WithImmediate((int)value);
                return null;
            case InstructionClass.LoadX or InstructionClass.Store or InstructionClass.StoreX:
                return ApplyToMemory(ref code[slot], value, resolution);
            case InstructionClass.Load when instruction.IsWide && slot + 1 < code.Length && instruction.Source is 0:
                if (!Holds(resolution, instruction.WideValue(code[slot + 1]), null)) return CoreDiagnostics.BadInstruction;
                code[slot] = instruction.WithImmediate((int)value);
                code[slot + 1] = code[slot + 1].WithImmediate((int)(value >> 32));
                return null;
            default:
                return CoreDiagnostics.BadInstruction;
        }
    }

    /// <summary>Replaces an instruction by a call that no kernel has, so that the program loads as long as it is not reached.</summary>
    public static bool Poison(Span<Instruction> code, int slot)
    {
        bool isWide = code[slot].IsWide && slot + 1 < code.Length;
        Instruction poison = new(Opcodes.Call, default, default, 0, RelocatedProgram.PoisonedCall);
        code[slot] = poison;
        if (isWide) code[slot + 1] = poison;
        return isWide;
    }

    private static bool Holds(CoreResolution resolution, ulong found, ulong? orFound) =>
        !resolution.Local.IsChecked || resolution.Local.Value == found || resolution.Local.Value == orFound;

    private static string? ApplyToMemory(ref Instruction instruction, ulong value, CoreResolution resolution)
    {
        if (resolution.Local.IsChecked && resolution.Local.Value != (ulong)instruction.Offset) return CoreDiagnostics.BadInstruction;
        if (value > (ulong)short.MaxValue) return CoreDiagnostics.BadInstruction;
        if (resolution.IsWrongSize) return CoreDiagnostics.SizeMismatch;
        byte opcode = instruction.Opcode;
        int size = resolution.Target.FieldSize;
        if (size != resolution.Local.FieldSize)
        {
            if (instruction.WidthBytes != resolution.Local.FieldSize) return CoreDiagnostics.BadInstruction;
            if (WidthOf(size) is not { } width) return CoreDiagnostics.SizeMismatch;
            opcode = (byte)((opcode & ~Opcodes.WidthMask) | (byte)width);
        }

        instruction = new(opcode, instruction.Destination, instruction.Source, (short)value, instruction.Immediate);
        return null;
    }

    private static MemoryWidth? WidthOf(int size) => size switch
    {
        1 => MemoryWidth.Byte,
        2 => MemoryWidth.Half,
        4 => MemoryWidth.Word,
        8 => MemoryWidth.Double,
        _ => null,
    };
}
