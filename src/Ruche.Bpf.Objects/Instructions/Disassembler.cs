// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Objects.Instructions;

/// <summary>
/// Prints instructions in the kernel's C-like syntax. It accepts any slots: what is not an instruction is printed as bytes.
/// With default options <see cref="Assembler"/> turns the text of any program back into the same slots.
/// </summary>
public static class Disassembler
{
    /// <summary>Prints one instruction; the second slot matters only for a wide load.</summary>
    public static string Format(Instruction first, Instruction second = default, DisassemblyOptions? options = null) =>
        new InstructionFormatter(options ?? DisassemblyOptions.Default).Format(first, second, slot: 0);

    /// <summary>Walks a program instruction by instruction.</summary>
    public static IEnumerable<DisassembledInstruction> Enumerate(ReadOnlyMemory<Instruction> program, DisassemblyOptions? options = null)
    {
        InstructionFormatter formatter = new(options ?? DisassemblyOptions.Default);
        for (int slot = 0; slot < program.Length;)
        {
            var instruction = At(program.Span, slot, formatter);
            yield return instruction;
            slot += instruction.SlotCount;
        }
    }

    /// <summary>Prints a program, one instruction a line, without slot numbers.</summary>
    public static string Format(ReadOnlyMemory<Instruction> program, DisassemblyOptions? options = null)
    {
        StringBuilder text = new();
        foreach (var instruction in Enumerate(program, options)) text.Append(instruction.Text).Append('\n');
        return text.ToString();
    }

    /// <summary>Prints a listing as <c>llvm-objdump -d</c> does: slot number, bytes in the given order, text.</summary>
    public static void WriteListing(
        TextWriter writer, ReadOnlyMemory<Instruction> program, DisassemblyOptions? options = null, ByteOrder order = ByteOrder.Little)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (var instruction in Enumerate(program, options))
        {
            string bytes = string.Join(' ', instruction.Bytes(order).Select(b => b.ToString("x2", null)));
            writer.Write($"{instruction.Slot,8}:\t{bytes}\t{instruction.Text}\n");
        }
    }

    private static DisassembledInstruction At(ReadOnlySpan<Instruction> program, int slot, InstructionFormatter formatter)
    {
        var first = program[slot];
        if (!first.IsWide) return new(slot, first, null, formatter.Format(first, default, slot));

        // A wide load with a bad field or a second slot of more than an immediate is not one: both slots are shown as bytes.
        var second = slot + 1 < program.Length ? program[slot + 1] : first;
        bool isWhole = second == new Instruction(0, default, default, 0, second.Immediate) && SlotRules.Check(first) is null;
        return isWhole ? new(slot, first, second, formatter.Format(first, second, slot)) : new(slot, first, null, formatter.Bytes(first));
    }
}
