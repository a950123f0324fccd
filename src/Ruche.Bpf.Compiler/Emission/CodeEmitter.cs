// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Selection;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Emission;

/// <summary>Lays a function's blocks out and writes its instructions, with distances for jumps.</summary>
internal sealed class CodeEmitter
{
    private readonly TargetProfile _target;
    private readonly FrameLayout _frame;
    private readonly HashSet<MachineInstruction> _far;
    private readonly List<Instruction> _code = [];
    private readonly List<Reference> _references = [];
    private readonly List<EmittedCode.Question> _questions = [];
    private readonly List<EmittedCode.LineStart> _lines = [];
    private readonly Dictionary<MachineBlock, int> _starts = [];
    private readonly List<(int Slot, MachineBlock Target, MachineInstruction? Jump)> _jumps = [];

    private CodeEmitter(MachineFunction function, TargetProfile target, List<MachineBlock> order, HashSet<MachineInstruction> far)
    {
        _target = target;
        _frame = new(function);
        _far = far;
        for (int i = 0; i < order.Count; i++) Emit(order[i], i + 1 < order.Count ? order[i + 1] : null);
    }

    public static EmittedCode Emit(MachineFunction function, TargetProfile target)
    {
        var order = BlockLayout.Order(function, target);
        HashSet<MachineInstruction> far = [];
        while (true)
        {
            CodeEmitter emitter = new(function, target, order, far);
            if (emitter.Reach(function.Function)) return new(function.Function, [.. emitter._code], [.. emitter._references], [.. emitter._questions], [.. emitter._lines]);
        }
    }

    // Conditional jumps reach 32,767 slots; beyond that they go past a long jump. False when there are new ones of these.
    private bool Reach(Function function)
    {
        bool isDone = true;
        foreach (var (slot, target, jump) in _jumps)
        {
            int distance = _starts[target] - slot - 1;
            bool isNear = distance is >= short.MinValue and <= short.MaxValue;
            if (isNear) _code[slot] = _code[slot].WithOffset((short)distance);
            else if (_target.InstructionSet < 4) throw TooLong(function);
            else if (jump is null || _far.Contains(jump)) _code[slot] = Insn.GotoLong(distance);
            else isDone = !_far.Add(jump);
        }

        return isDone;
    }

    private InvalidObjectException TooLong(Function function) => new(new Diagnostic(
        CompilerDiagnostics.TargetLacks, Severity.Error, $"function '{function.Name}' needs a long jump, which {_target.Name} does not have", Location.Unknown));

    private void Emit(MachineBlock block, MachineBlock? next)
    {
        _starts.Add(block, _code.Count);
        foreach (var instruction in block.Instructions) Emit(instruction, block, next);
        if (block.Successors.Count == 0 || FallThrough(block, next) is not { } onward || onward == next) return;
        _jumps.Add((_code.Count, onward, null));
        _code.Add(Insn.Goto(0));
    }

    // A branch that would jump to what follows is turned round.
    private bool IsTurned(MachineBlock block, MachineBlock? next) =>
        block.Successors.Count == 2 && block.Successors[0] == next && block.Successors[1] != next && block.Instructions[^1] is { Target: not null } jump && TurnedJump.Of(jump.Code, _target) is not null;

    private MachineBlock FallThrough(MachineBlock block, MachineBlock? next) => IsTurned(block, next) ? block.Successors[0] : block.Successors[^1];

    private void Emit(MachineInstruction instruction, MachineBlock block, MachineBlock? next)
    {
        int slot = _code.Count;
        if (instruction.Line is { } line && (_lines.Count == 0 || _lines[^1].Line != line)) _lines.Add(new(slot, line));
        if (instruction.Reference is { } reference) _references.Add(reference(slot));
        if (instruction.Question is { } question) _questions.Add(new(slot, question));
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
            if (isTurned) code = TurnedJump.Of(code, _target)!.Value;
            target = isTurned ? block.Successors[1] : target;
            if (_far.Contains(instruction))
            {
                // Over the jump that goes past the long one.
                _code.Add(Placed(code, instruction).WithOffset(1));
                _code.Add(Insn.Goto(1));
                _jumps.Add((_code.Count, target, instruction));
                _code.Add(Insn.Goto(0));
                return;
            }

            _jumps.Add((slot, target, instruction));
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
}
