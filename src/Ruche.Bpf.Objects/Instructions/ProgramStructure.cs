// SPDX-License-Identifier: MIT
using System.Collections;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Instructions;

/// <summary>One walk over a program for <see cref="InstructionValidator"/>: slots first, then where control goes.</summary>
internal ref struct ProgramStructure(
    ReadOnlySpan<Instruction> program, DiagnosticBag diagnostics, InstructionValidatorOptions options)
{
    // A program of garbage has a finding per slot; nobody reads more than this.
    private const int MaxFindings = 64;

    private readonly ReadOnlySpan<Instruction> _program = program;
    private readonly BitArray _secondSlots = new(program.Length);
    private readonly List<int> _functionStarts = [0];
    private int _findings;

    public bool Check()
    {
        if (_program.IsEmpty)
        {
            diagnostics.Error(InstructionDiagnostics.Empty, "the program has no instructions", At(0));
            return false;
        }

        CheckSlots();
        CheckCalls();
        CheckFlow();
        return _findings == 0;
    }

    private void CheckSlots()
    {
        for (int i = 0; i < _program.Length && _findings < MaxFindings; i++)
        {
            if (SlotRules.Check(_program[i]) is { } fault) Report(fault.Id, i, fault.Reason);
            if (_program[i].IsWide && CheckWide(i)) i++;
        }
    }

    private bool CheckWide(int slot)
    {
        if (slot + 1 == _program.Length)
        {
            Report(InstructionDiagnostics.BrokenWideLoad, slot, "the wide load has no second slot: the program ends");
            return false;
        }

        var second = _program[slot + 1];
        if (second != new Instruction(0, default, default, 0, second.Immediate))
        {
            Report(InstructionDiagnostics.BrokenWideLoad, slot + 1,
                $"the second slot of a wide load must hold only an immediate, found opcode 0x{second.Opcode:x2}");
            return second.Opcode == 0;
        }

        _secondSlots[slot + 1] = true;
        if (_program[slot].WideSource is WideSource.MapDescriptor or WideSource.MapIndex && second.Immediate != 0)
        {
            Report(InstructionDiagnostics.ReservedField, slot + 1,
                $"the second immediate of a map load must be 0, found {second.Immediate}");
        }

        return true;
    }

    private void CheckCalls()
    {
        for (int i = 0; i < _program.Length && _findings < MaxFindings; i++)
        {
            if (_secondSlots[i]) continue;
            if (!_program[i].IsLocalCall && !_program[i].IsFunctionAddress) continue;
            if (options.IsRelocated?.Invoke(i) == true) continue;

            string subject = _program[i].IsLocalCall ? "the call" : "the function address";
            long target = i + 1L + _program[i].Immediate;
            if (CheckTarget(InstructionDiagnostics.BadCall, i, target, subject)) _functionStarts.Add((int)target);
        }

        CollectionsMarshal.AsSpan(_functionStarts).Sort();
    }

    private void CheckFlow()
    {
        for (int f = 0, end; f < _functionStarts.Count && _findings < MaxFindings; f++)
        {
            int start = _functionStarts[f];
            end = f + 1 < _functionStarts.Count ? _functionStarts[f + 1] : _program.Length;
            if (start < end) CheckFunction(start, end);
        }
    }

    private void CheckFunction(int start, int end)
    {
        for (int i = start; i < end && _findings < MaxFindings; i++)
        {
            if (_secondSlots[i] || _program[i].JumpDistance is not { } distance) continue;
            long target = i + 1L + distance;
            if (!CheckTarget(InstructionDiagnostics.BadJump, i, target, "the jump")) continue;
            if (target < start || target >= end)
                Report(InstructionDiagnostics.BadJump, i, $"the jump goes to slot {target}, outside its function (slots {start} to {end - 1})");
        }

        if (_program[end - 1].EndsFlow && !_secondSlots[end - 1]) return;
        string next = end == _program.Length ? "the end of the program" : $"the function at slot {end}";
        Report(InstructionDiagnostics.FallsOff, end - 1, $"control runs into {next}; the last instruction must be exit or a jump");
    }

    private bool CheckTarget(string id, int slot, long target, string subject)
    {
        if (target < 0 || target >= _program.Length)
        {
            Report(id, slot, $"{subject} goes to slot {target}, outside the program (slots 0 to {_program.Length - 1})");
            return false;
        }

        if (!_secondSlots[(int)target]) return true;
        Report(id, slot, $"{subject} goes to slot {target}, the middle of a wide load");
        return false;
    }

    private void Report(string id, int slot, string reason)
    {
        _findings++;
        if (_findings == MaxFindings) diagnostics.Error(id, $"instruction {slot}: {reason}", At(slot), "further findings are left out");
        else diagnostics.Error(id, $"instruction {slot}: {reason}", At(slot));
    }

    private readonly Location.Image At(int slot) => new(options.File, options.Section, (long)slot * Instruction.Size);
}
