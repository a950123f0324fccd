// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Probes;

namespace Ruche.Trace.Running;

/// <summary>What the running kernel can do. It is asked only what the script depends on, because every question takes time.</summary>
internal static class RunningTarget
{
    // Every kernel that is supported has the helpers up to here.
    private const HelperId Old = HelperId.RedirectPeer;

    // Nothing tells it but the release. To take care where none is needed does no harm.
    private static readonly Version Careful = new(6, 4);

    /// <summary>The kernel, with every helper there is: which ones are missing is asked when it is known which are called.</summary>
    public static TargetProfile Of(BoundScript script)
    {
        bool hasLoops = HasLoops(script), hasMayGoto = hasLoops && KernelFeatures.MayGoto.Ask() is Support.Yes;
        List<HelperId> missing = [];
        if (Asks(script, "func")) AddMissing(missing, HelperId.GetFuncIp);
        if (hasLoops && !hasMayGoto) AddMissing(missing, HelperId.Loop);
        return new()
        {
            Name = "this kernel",
            InstructionSet = KernelFeatures.SignedDivision.Ask() is Support.Yes ? 4 : 3,
            HasFetchingAtomics = KernelFeatures.FetchingAtomics.Ask() is Support.Yes,
            HasMayGoto = hasMayGoto,
            HasRingBuffer = true,
            PadsNames = KernelVersion.Current >= Careful,
            HasWideResults = KernelVersion.Current >= Careful,
            MissingHelpers = [.. missing],
            HasKprobeMulti = HasMany<ProbeSite.KernelProbe>(script) && KernelFeatures.KprobeMulti.Ask() is Support.Yes,
            HasUprobeMulti = HasMany<ProbeSite.UserProbe>(script) && KernelFeatures.UprobeMulti.Ask() is Support.Yes,
        };
    }

    /// <summary>The kernel without the helpers that a module calls and that it lacks.</summary>
    public static TargetProfile For(Module module, TargetProfile target)
    {
        List<HelperId> missing = [];
        foreach (var function in module.Functions)
        {
            var type = function.Section is { } section && SectionNames.Match(section).Definition is { } definition ? definition.Type : ProgramType.Tracepoint;
            foreach (var block in function.Blocks)
            {
                foreach (var operation in block.Operations)
                {
                    if (operation is HelperCall { Helper: > Old and var helper } && KernelFeatures.Helper(type, helper).Ask() is Support.No) missing.Add(helper);
                }
            }
        }

        return missing.Count == 0 ? target : target with { MissingHelpers = [.. target.MissingHelpers, .. missing] };
    }

    private static void AddMissing(List<HelperId> missing, HelperId helper)
    {
        if (KernelFeatures.Helper(ProgramType.Kprobe, helper).Ask() is Support.No) missing.Add(helper);
    }

    private static bool Asks(BoundScript script, string builtin) =>
        script.Probes.Any(p => BoundWalk.ExpressionsIn(p.Body).Any(e => e is BoundExpression.Builtin { What.Name: var name } && name == builtin));

    private static bool HasMany<T>(BoundScript script) => script.Probes.Any(p => p.Sites.Length > 1 && p.Sites[0] is T);

    private static bool HasLoops(BoundScript script) => script.Probes.Any(p =>
        BoundWalk.StatementsIn(p.Body).Any(s => s is BoundStatement.While or BoundStatement.ForRange)
        || BoundWalk.ExpressionsIn(p.Body).Any(e => e is BoundExpression.Call { Function.Loops: true }));
}
