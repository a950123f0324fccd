// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>Every pass, and the order they run in.</summary>
internal static class PassPipeline
{
    public static Pass SimplifyFlow { get; } = new("simplify-flow", (_, f) => FlowSimplification.Run(f));

    public static Pass PromoteSlots { get; } = new("promote-slots", (_, f) => SlotPromotion.Run(f));

    public static Pass Fold { get; } = new("fold", (_, f) => Folding.Run(f));

    public static Pass NumberValues { get; } = new("number-values", (_, f) => ValueNumbering.Run(f));

    public static Pass RemoveDead { get; } = new("remove-dead", (_, f) => DeadCodeRemoval.Run(f));

    public static Pass LowerProbedLoads { get; } = new("lower-probed-loads", (_, f) => ProbedLoadLowering.Run(f));

    /// <summary>All passes, each once.</summary>
    public static ImmutableArray<Pass> All { get; } = [SimplifyFlow, PromoteSlots, Fold, NumberValues, RemoveDead, LowerProbedLoads];

    /// <summary>The order of a compilation. What folding and numbering find makes flow simpler, and the other way round, so they run twice.</summary>
    private static ImmutableArray<Pass> Order { get; } =
        [SimplifyFlow, PromoteSlots, Fold, SimplifyFlow, NumberValues, Fold, SimplifyFlow, LowerProbedLoads, NumberValues, RemoveDead, SimplifyFlow];

    public static void Run(Module module)
    {
        foreach (var pass in Order)
        {
            foreach (var function in module.Functions) pass.Run(module, function);
            Debug.Assert(ModuleChecker.Check(module) is null, $"{pass.Name}: {ModuleChecker.Check(module)}");
        }
    }
}
