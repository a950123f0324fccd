// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Verifier.Analysis;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>Makes an explanation of a broken rule: where, how control gets there, and where the value came from.</summary>
internal static class Explainer
{
    private const int MaxPath = 32;
    private const int MaxCauses = 8;

    /// <summary>Explains why an analysis has ended.</summary>
    public static Explanation Explain(VerifierProgram program, Walk? walk, RejectedException rejected)
    {
        int slot = rejected.Slot ?? walk?.Slot ?? -1;
        return new()
        {
            Rule = rejected.Rule,
            Detail = rejected.Detail,
            Advice = rejected.Advice ?? rejected.Rule.Advice,
            Slot = slot,
            Instruction = slot >= 0 && slot < program.Instructions.Length ? TextOf(program, slot) : "",
            Place = slot >= 0 ? program.SourceOf(slot) : null,
            Function = walk is null || slot < 0 ? "" : FunctionAt(program, walk.Flow.FunctionOf(Math.Clamp(slot, 0, program.Instructions.Length - 1))),
            Path = walk is null || rejected.Slot is not null ? [] : PathOf(program, walk.Now.Path),
            Causes = rejected.Value?.Origin is { } origin ? CausesOf(program, origin, slot) : [],
        };
    }

    private static string FunctionAt(VerifierProgram program, int start)
    {
        foreach (var function in program.Functions)
        {
            if (function.Slot == start && program.Types is { } types) return types.NameOf(function.Type);
        }

        return start == 0 ? program.Name : "";
    }

    private static ImmutableArray<PathPlace> PathOf(VerifierProgram program, PathStep? step)
    {
        List<PathPlace> path = [];
        for (; step is not null && path.Count < MaxPath; step = step.Before)
        {
            string condition = program.Instructions[step.Slot].ToString();
            path.Add(new(step.Slot, program.SourceOf(step.Slot), step.Taken ? $"the jump is taken: {condition}" : $"the jump is not taken: {condition}"));
        }

        path.Reverse();
        return [.. path];
    }

    private static ImmutableArray<PathPlace> CausesOf(VerifierProgram program, Origin origin, int slot)
    {
        var causes = ImmutableArray.CreateBuilder<PathPlace>();
        for (var at = origin; at is not null && causes.Count < MaxCauses; at = at.Source)
        {
            if (at.Kind is OriginKind.Checkpoint || at.Slot == slot) continue;
            causes.Add(new(at.Slot, program.SourceOf(at.Slot), Words(program, at)));
        }

        return causes.ToImmutable();
    }

    private static string Words(VerifierProgram program, Origin origin) => origin.Kind switch
    {
        OriginKind.Entry => "the value is there from the start",
        OriginKind.Constant => "the value is a constant here",
        OriginKind.Load => "the value is loaded here",
        OriginKind.Call => $"the value is what {Callee(program, origin.Slot)} returns",
        OriginKind.Comparison => "a comparison tells about the value here",
        OriginKind.Released => "the object was given back here",
        OriginKind.PacketMoved => "the packet may have moved here",
        OriginKind.Widened => "the value changes in every round of the loop, so its range is forgotten",
        _ => "the value is computed here",
    };

    private static string TextOf(VerifierProgram program, int slot) =>
        program.Instructions[slot] is { IsCall: true, IsLocalCall: false } ? $"call {Callee(program, slot)}" : program.Instructions[slot].ToString();

    private static string Callee(VerifierProgram program, int slot) => program.Instructions[slot] switch
    {
        { IsHelperCall: true } x => HelperCalls.NameOf((Ruche.Bpf.Objects.Uapi.HelperId)x.Immediate),
        { IsKernelCall: true } when program.KernelCalls.TryGetValue(slot, out string? name) => name + "()",
        _ => "the call",
    };
}
