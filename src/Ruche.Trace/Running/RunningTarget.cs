// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Trace.Binding;
using Ruche.Trace.Lowering;
using Ruche.Trace.Probes;

namespace Ruche.Trace.Running;

/// <summary>What the running kernel can do. It is asked only what the script depends on, because every question takes time.</summary>
internal static class RunningTarget
{
    public static LoweringTarget Of(BoundScript script) => new()
    {
        HasBootTime = true,
        HasMayGoto = HasLoops(script) && KernelFeatures.MayGoto.Ask() is Support.Yes,
        HasKprobeMulti = HasMany<ProbeSite.KernelProbe>(script) && KernelFeatures.KprobeMulti.Ask() is Support.Yes,
        HasUprobeMulti = HasMany<ProbeSite.UserProbe>(script) && KernelFeatures.UprobeMulti.Ask() is Support.Yes,
    };

    private static bool HasMany<T>(BoundScript script) => script.Probes.Any(p => p.Sites.Length > 1 && p.Sites[0] is T);

    private static bool HasLoops(BoundScript script) => script.Probes.Any(p => BoundWalk.StatementsIn(p.Body).Any(s => s is BoundStatement.While or BoundStatement.ForRange));
}
