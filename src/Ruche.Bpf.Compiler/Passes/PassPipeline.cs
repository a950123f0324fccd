// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>Every pass, and the order they run in.</summary>
internal static class PassPipeline
{
    public static Pass InlineCalls { get; } = new("inline-calls", s => CallInlining.Run(s.Module, s.Function));

    public static Pass FindSpaces { get; } = new("find-spaces", s => SpaceFinding.Run(s.Module, s.Function));

    public static Pass CopyArguments { get; } = new("copy-arguments", s => ArgumentCopying.Run(s.Module, s.Function));

    public static Pass SimplifyFlow { get; } = new("simplify-flow", s => FlowSimplification.Run(s.Function));

    public static Pass ThreadJumps { get; } = new("thread-jumps", s => JumpThreading.Run(s.Function));

    public static Pass PromoteSlots { get; } = new("promote-slots", s => SlotPromotion.Run(s.Function));

    public static Pass ReadFixedSections { get; } = new("read-fixed-sections", s => FixedSectionReading.Run(s.Module, s.Function));

    public static Pass ReadCapacities { get; } = new("read-capacities", s => CapacityReading.Run(s.Module, s.Function));

    public static Pass Fold { get; } = new("fold", s => Folding.Run(s.Function));

    public static Pass SplitConditions { get; } = new("split-conditions", s => ConditionSplitting.Run(s.Function));

    public static Pass NarrowCompares { get; } = new("narrow-compares", s => CompareNarrowing.Run(s.Function));

    public static Pass WidenReturns { get; } = new("widen-returns", s => ReturnWidening.Run(s.Function));

    public static Pass NumberValues { get; } = new("number-values", s => ValueNumbering.Run(s.Function));

    public static Pass RemoveDead { get; } = new("remove-dead", s => DeadCodeRemoval.Run(s.Function));

    public static Pass RemoveDeadStores { get; } = new("remove-dead-stores", s => DeadStoreRemoval.Run(s.Module, s.Function, s.Target));

    public static Pass MergeProbedLoads { get; } = new("merge-probed-loads", s => ProbedLoadMerging.Run(s.Function));

    public static Pass LowerProbedLoads { get; } = new("lower-probed-loads", s => ProbedLoadLowering.Run(s.Function));

    public static Pass MergeLoads { get; } = new("merge-loads", s => LoadMerging.Run(s.Function));

    public static Pass MergeStores { get; } = new("merge-stores", s => StoreMerging.Run(s.Function));

    public static Pass LowerSignedDivision { get; } = new("lower-signed-division", s => SignedDivisionLowering.Run(s.Function, s.Target));

    public static Pass LimitLoops { get; } = new("limit-loops", s => LoopLimiting.Run(s.Module, s.Function, s.Target));

    public static Pass WidenCounters { get; } = new("widen-counters", s => CounterWidening.Run(s.Function));

    public static Pass RotateLoops { get; } = new("rotate-loops", s => LoopRotation.Run(s.Function));

    public static Pass UnrollLoops { get; } = new("unroll-loops", s => LoopUnrolling.Run(s.Function));

    public static Pass OutlineRepeats { get; } = new("outline-repeats", s => RepeatOutlining.Run(s.Module, s.Function));

    public static Pass ReportAnswers { get; } = new("report-answers", s => AnswerReporting.Run(s.Module, s.Function));

    /// <summary>All passes, each once.</summary>
    public static ImmutableArray<Pass> All { get; } =
    [
        InlineCalls, FindSpaces, CopyArguments, SimplifyFlow, PromoteSlots, ReadFixedSections, ReadCapacities, Fold, SplitConditions, ThreadJumps, WidenReturns, NumberValues, NarrowCompares, RemoveDead, RemoveDeadStores, MergeProbedLoads, LowerProbedLoads, LowerSignedDivision,
        LimitLoops, WidenCounters, RotateLoops, UnrollLoops, MergeLoads, MergeStores, ReportAnswers, OutlineRepeats,
    ];

    /// <summary>The order of a compilation. What folding and numbering find makes flow simpler, and the other way round, so they run again after each pass that copies.</summary>
    private static ImmutableArray<Pass> Order { get; } =
    [
        InlineCalls, FindSpaces, CopyArguments, SimplifyFlow, PromoteSlots, ReadFixedSections, ReadCapacities, Fold, SimplifyFlow, SplitConditions, ThreadJumps, Fold, SimplifyFlow, WidenReturns, NumberValues, WidenCounters, LowerSignedDivision, LimitLoops,
        RotateLoops, SimplifyFlow, Fold, SimplifyFlow, UnrollLoops, SimplifyFlow, Fold, SimplifyFlow,
        MergeProbedLoads, LowerProbedLoads, NumberValues, NarrowCompares, RemoveDead, RemoveDeadStores, MergeLoads, MergeStores, RemoveDead, SimplifyFlow, Fold, RemoveDead, ReportAnswers, OutlineRepeats,
    ];

    public static void Run(Module module, TargetProfile target)
    {
        foreach (var pass in Order)
        {
            foreach (var function in module.Functions.ToList()) pass.Run(new(module, function, target));
            Debug.Assert(ModuleChecker.Check(module) is null, $"{pass.Name}: {ModuleChecker.Check(module)}");
        }
    }
}
