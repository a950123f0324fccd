// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Analysis;
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Flow;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>What a proof has found possible at each slot of a program, and whether what a run came to is among it.</summary>
internal sealed unsafe class ObservedStates
{
    private const int Budget = 20_000;

    private readonly List<State>[] _states;
    private readonly ProgramFlow _flow;

    private ObservedStates(VerifierProgram program)
    {
        _states = [.. program.Instructions.Select(_ => new List<State>())];
        _flow = new(program, callbacksAreLoops: true);
    }

    /// <summary>Proves a program without leaving anything out; null when that takes too long.</summary>
    public static ObservedStates? Of(VerifierProgram program, VerifierOptions options, out Explanation? refusal)
    {
        ObservedStates observed = new(program);
        ProofRun run = new(program, options with { Kernel = options.Kernel with { Budget = Budget } })
        {
            ComparesWhole = true,
            Observer = (slot, state) => observed._states[slot].Add(state.Copy()),
        };
        refusal = run.Prove();
        if (refusal is null) return observed;
        if (refusal.Rule == VerifierRules.TooComplex || IsPointerAsNumber(refusal)) refusal = null;
        return null;
    }

    // A proof about bytes of the stack that may be anything covers a pointer there, as in the kernel: what it did to a number may be forbidden
    // with a pointer, but reaches no memory. In another order of paths the pointer comes first.
    private static bool IsPointerAsNumber(Explanation refusal) =>
        refusal.Rule == VerifierRules.PointerArithmetic || refusal.Rule == VerifierRules.PointerLeak
        || refusal.Detail.Contains("saved on the stack", StringComparison.Ordinal);

    /// <summary>Whether some state allows what a run holds before a slot; when none does, why the one that comes nearest does not.</summary>
    public bool Allow(int slot, RunningProgram run, out string reason)
    {
        reason = "no path comes here";
        int nearest = -1;
        foreach (var state in _states[slot])
        {
            if (state.Frames.Count != run.Depth + 1) continue;
            int compared = 0;
            if (FindConflict(state, slot, run, ref compared) is not { } conflict) return true;
            if (compared > nearest) (nearest, reason) = (compared, conflict);
        }

        return false;
    }

    private string? FindConflict(State state, int slot, RunningProgram run, ref int compared)
    {
        for (int depth = 0; depth <= run.Depth; depth++)
        {
            var frame = state.Frames[depth];
            bool isTop = depth == run.Depth;
            int at = isTop ? slot : run.SlotAt(depth);
            if (!isTop && state.Frames[depth + 1].CallSite != at) return $"the call at {state.Frames[depth + 1].CallSite}";
            var registers = run.RegistersAt(depth);
            for (var register = isTop ? Register.R0 : Register.R6; register < Register.R10; register++)
            {
                if (!_flow.IsLive(at, register)) continue;
                var (value, number) = (frame[register], registers[(int)register]);
                if (!Allows(value, number, run)) return $"frame {depth}, {register}: 0x{number:x} is not in {Text(value)}";
                compared++;
            }

            for (int i = 0; i < frame.SlotCount; i++)
            {
                if (!Allows(frame.SlotAt(i), (byte*)(registers[10] - (ulong)((i + 1) * StackSlot.Size)), run))
                    return $"frame {depth}, stack at {-(i + 1) * StackSlot.Size}: 0x{*(ulong*)(registers[10] - (ulong)((i + 1) * StackSlot.Size)):x} is not in {(frame.SlotAt(i).Spilled is { } spilled ? Text(spilled) : "zeros")}";
                compared++;
            }
        }

        return null;
    }

    // SAFETY: the slot lies in the stack of a run that waits for this.
    private static bool Allows(StackSlot slot, byte* bytes, RunningProgram run)
    {
        ulong spilled = 0;
        int count = 0;
        for (int i = 0; i < StackSlot.Size; i++)
        {
            if (slot[i] is SlotByte.Zero && bytes[i] != 0) return false;
            if (slot[i] is not SlotByte.Spill) continue;
            spilled |= (ulong)bytes[i] << (i * 8);
            count++;
        }

        if (!slot.IsSpill) return true;
        var value = slot.Spilled!;
        return value.IsScalar ? value.Range.Truncate(count, Reasoning.Newest).Contains(spilled) : count < StackSlot.Size || Allows(value, spilled, run);
    }

    private static bool Allows(Value value, ulong number, RunningProgram run)
    {
        if (value.MayBeNull && number == 0) return true;
        ulong variable = number - (ulong)value.Offset;
        return value.Kind switch
        {
            ValueKind.Scalar => value.Range.Contains(number),
            ValueKind.Context => value.Range.Contains(variable - run.Context),
            ValueKind.Stack => value.Range.Contains(variable - run.RegistersAt(value.Frame)[10]),
            ValueKind.Packet => value.Range.Contains(variable - run.PacketStart) && (value.PacketRange == 0 || variable + (ulong)value.PacketRange <= run.PacketEnd),
            ValueKind.PacketEnd => number == run.PacketEnd,
            ValueKind.MapValue => run.ValueAddresses.Any(address => value.Range.Contains(variable - address)),
            _ => true,
        };
    }

    private static string Text(Value value) => value.IsScalar ? $"{value.Range}" : $"{value.Kind} + {value.Offset} + {value.Range}, {value.PacketRange} of the packet";
}
