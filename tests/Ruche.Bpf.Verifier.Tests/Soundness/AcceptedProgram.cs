// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>What became of a program that was proven, and run.</summary>
/// <param name="Failure">Why the proof was wrong; null when it was not.</param>
/// <param name="Compared">How many instructions were compared with what the proof has found possible.</param>
internal readonly record struct AcceptedProgram(string? Failure, long Compared)
{
    private const int Runs = 3;
    private const int PacketBytes = 80;
    private const int Budget = 50_000;

    private static readonly VerifierOptions Options = new();

    /// <summary>Verifies the program of an object, and runs it when it is accepted; null when it is not.</summary>
    public static AcceptedProgram? Try(ObjectSpec spec, int seed)
    {
        var program = new ProgramReader(spec, kernel: null).Read(spec.Programs[0]);
        // The kernel, and the verifier with it, lets code that no path reaches write the frame pointer; the machine takes no such code.
        if (!InstructionValidator.Validate(program.Instructions.AsSpan(), new())) return null;
        if (!ProgramVerifier.Verify(program, Options).IsAccepted) return null;
        var states = ObservedStates.Of(program, Options, out var refusal);
        if (refusal is not null) return new($"accepted, but with states compared whole refused at {refusal.Slot}: {refusal.Detail}\n{Listing.Of(program)}", 0);
        RunningProgram running = new(program) { States = states };
        string? failure = Run(spec, seed, program, running);
        return new(failure is null ? null : $"{failure}\n{Listing.Of(program)}", running.Compared);
    }

    private static string? Run(ObjectSpec spec, int seed, VerifierProgram program, RunningProgram running)
    {
        using var machine = BpfMachine.Load(spec, new() { Engine = MachineEngine.Interpreter, Observer = running, Budget = Budget, Seed = (ulong)seed });
        var loaded = machine.Program(program.Name);
        running.Learn(loaded.Code);
        Random random = new(seed);
        byte[] packet = new byte[PacketBytes], value = new byte[CarelessProgram.ValueSize];
        for (int run = 0; run < Runs; run++)
        {
            random.NextBytes(packet);
            random.NextBytes(value);
            if (run == 1) Array.Clear(value); // short numbers take branches that long ones do not
            if (machine.Map("values").ValueSize == value.Length) machine.Map("values").TryUpdate(new byte[4], value);
            var result = loaded.Run(packet.AsSpan(0, run == 0 ? PacketBytes : random.Next(14, PacketBytes)));
            if (result.Fault is { Kind: not FaultKind.BudgetExceeded } fault) return $"run {run}: {fault}";
            if (running.Conflict is { } conflict) return $"run {run}: {conflict}";
        }

        return null;
    }
}
