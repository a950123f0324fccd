// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Relocation;
using Ruche.Bpf.Compiler.Selection;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Emission;

/// <summary>Lays a function's blocks out and writes its instructions, with distances for jumps.</summary>
internal sealed class CodeEmitter
{
    private readonly FrameLayout _frame;
    private readonly List<Instruction> _code = [];
    private readonly List<Reference> _references = [];
    private readonly List<(int Slot, KernelSubject Subject)> _questions = [];
    private readonly List<(int Slot, SourceLine Line)> _lines = [];
    private readonly Dictionary<MachineBlock, int> _starts = [];
    private readonly List<(int Slot, MachineBlock Target)> _jumps = [];

    private CodeEmitter(MachineFunction function)
    {
        _frame = new(function);
        var order = BlockLayout.Order(function);
        for (int i = 0; i < order.Count; i++) Emit(order[i], i + 1 < order.Count ? order[i + 1] : null);
        foreach (var (slot, target) in _jumps) _code[slot] = Jumping(_code[slot], _starts[target] - slot - 1);
    }

    public static EmittedCode Emit(MachineFunction function)
    {
        CodeEmitter emitter = new(function);
        return new([.. emitter._code], [.. emitter._references], [.. emitter._questions], [.. emitter._lines]);
    }

    private static Instruction Jumping(Instruction jump, int distance) =>
        jump.Opcode == Opcodes.Goto && distance is < short.MinValue or > short.MaxValue ? Insn.GotoLong(distance) : jump.WithOffset(checked((short)distance));

    private void Emit(MachineBlock block, MachineBlock? next)
    {
        _starts.Add(block, _code.Count);
        Dictionary<MachineInstruction, int> skips = [];
        foreach (var instruction in block.Instructions)
        {
            if (instruction.Past is { } past) skips[past] = _code.Count;
            Emit(instruction, block, next);
            if (skips.TryGetValue(instruction, out int skip)) _code[skip] = _code[skip].WithOffset((short)(_code.Count - skip - 1));
        }

        if (block.Successors.Count == 0 || FallThrough(block, next) is not { } onward || onward == next) return;
        _jumps.Add((_code.Count, onward));
        _code.Add(Insn.Goto(0));
    }

    // A branch that would jump to what follows is turned round.
    private static bool IsTurned(MachineBlock block, MachineBlock? next) =>
        block.Successors.Count == 2 && block.Successors[0] == next && block.Successors[1] != next && block.Instructions[^1] is { Target: not null } jump && Opposite(jump.Code) is not null;

    private static MachineBlock FallThrough(MachineBlock block, MachineBlock? next) => IsTurned(block, next) ? block.Successors[0] : block.Successors[^1];

    private void Emit(MachineInstruction instruction, MachineBlock block, MachineBlock? next)
    {
        int slot = _code.Count;
        if (instruction.Line is { } line && (_lines.Count == 0 || _lines[^1].Line != line)) _lines.Add((slot, line));
        if (instruction.Reference is { } reference) _references.Add(reference(slot));
        if (instruction.Question is { } question) _questions.Add((slot, question));
        if (instruction.IsFrameAddress)
        {
            _code.Add(Insn.Mov64((Register)instruction.Destination, Register.R10));
            _code.Add(Insn.Alu64(AluOperation.Add, (Register)instruction.Destination, _frame.OffsetOf(instruction.Slot!)));
            return;
        }

        var code = instruction.Code;
        if (instruction.Slot is { } place) code = code.WithOffset((short)(code.Offset + _frame.OffsetOf(place)));
        if (instruction.Target is { } target)
        {
            bool isTurned = IsTurned(block, next);
            if (isTurned) code = Opposite(code)!.Value;
            _jumps.Add((slot, isTurned ? block.Successors[1] : target));
        }

        _code.Add(Placed(code, instruction));
        if (instruction.Wide is { } wide) _code.Add(new(0, default, default, 0, (int)(wide >> 32)));
    }

    private static Instruction Placed(Instruction code, MachineInstruction instruction)
    {
        if (code.IsExit || code.IsCall) return code;
        var destination = instruction.Destination >= 0 ? (Register)instruction.Destination : code.Destination;
        var source = instruction.Source >= 0 ? (Register)instruction.Source : code.Source;
        return new(code.Opcode, destination, source, code.Offset, code.Immediate);
    }

    private static Instruction? Opposite(Instruction jump)
    {
        JumpOperation? opposite = jump.JumpOperation switch
        {
            JumpOperation.Equal => JumpOperation.NotEqual,
            JumpOperation.NotEqual => JumpOperation.Equal,
            JumpOperation.Less => JumpOperation.GreaterOrEqual,
            JumpOperation.GreaterOrEqual => JumpOperation.Less,
            JumpOperation.Greater => JumpOperation.LessOrEqual,
            JumpOperation.LessOrEqual => JumpOperation.Greater,
            JumpOperation.SignedLess => JumpOperation.SignedGreaterOrEqual,
            JumpOperation.SignedGreaterOrEqual => JumpOperation.SignedLess,
            JumpOperation.SignedGreater => JumpOperation.SignedLessOrEqual,
            JumpOperation.SignedLessOrEqual => JumpOperation.SignedGreater,
            _ => null,
        };
        return opposite is { } operation
            ? new(Opcodes.Of(jump.Class, operation, jump.UsesRegister), jump.Destination, jump.Source, jump.Offset, jump.Immediate) : null;
    }
}
