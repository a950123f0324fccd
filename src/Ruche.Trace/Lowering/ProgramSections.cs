// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using Ruche.Bpf.Compiler;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Probes;

namespace Ruche.Trace.Lowering;

/// <summary>What kind of program serves a place, and how it gets there.</summary>
internal static class ProgramSections
{
    public static (string Section, AttachWay Way) Of(BoundProbe probe, TargetProfile target) =>
        Of(probe.Sites, probe.NeedsSite, () => BoundWalk.ExpressionsIn(probe.Body).Any(e => e is BoundExpression.Call { Function.TakesKernelObject: true }), target);

    /// <summary>The type of the program that serves places, and the hook that it is loaded for, where what it may call depends on that.</summary>
    public static (ProgramType Type, AttachType Hook) TypeOf(ImmutableArray<ProbeSite> sites, bool needsSite, bool takesKernelObjects)
    {
        // One program for many places is of the type that others have for each.
        var section = SectionNames.Match(Of(sites, needsSite, () => takesKernelObjects, TargetProfile.Linux618).Section).Definition!;
        return (section.Type, section.Type is ProgramType.Tracing ? section.AttachType ?? default : default);
    }

    private static (string Section, AttachWay Way) Of(ImmutableArray<ProbeSite> sites, bool needsSite, Func<bool> takesKernelObjects, TargetProfile target) => sites[0] switch
    {
        ProbeSite.Begin or ProbeSite.End or ProbeSite.Test or ProbeSite.Signal => ("raw_tp", AttachWay.Run),
        ProbeSite.Interval or ProbeSite.Profile or ProbeSite.Counter or ProbeSite.Watchpoint => ("perf_event", AttachWay.PerfEvent),
        ProbeSite.Tracepoint when IsRaw(sites, needsSite) => ("raw_tp", AttachWay.RawTracepoint),
        ProbeSite.Tracepoint => ("tracepoint", AttachWay.Tracepoint),
        ProbeSite.RawTracepoint x when takesKernelObjects() => ($"tp_btf/{Target(x.Module, x.Event)}", AttachWay.Tracing),
        ProbeSite.RawTracepoint => ("raw_tp", AttachWay.RawTracepoint),
        ProbeSite.KernelProbe x when sites.Length > 1 && target.HasKprobeMulti && sites.All(s => s is ProbeSite.KernelProbe { Offset: 0 }) =>
            (x.IsReturn ? "kretprobe.multi" : "kprobe.multi", AttachWay.KprobeMulti),
        ProbeSite.KernelProbe x => (x.IsReturn ? "kretprobe" : "kprobe", AttachWay.Kprobe),
        ProbeSite.KernelFunction x => ($"{(x.IsReturn ? "fexit" : "fentry")}/{Target(x.Module, x.Function)}", AttachWay.Tracing),
        ProbeSite.ProgramFunction x => ($"{(x.IsReturn ? "fexit" : "fentry")}/{x.Function}", AttachWay.Tracing),
        ProbeSite.Iterator x => ($"iter/{x.Kind}", AttachWay.Iterate),
        ProbeSite.UserProbe x when sites.Length > 1 && target.HasUprobeMulti => (x.IsReturn ? "uretprobe.multi" : "uprobe.multi", AttachWay.UprobeMulti),
        ProbeSite.UserProbe x => (x.IsReturn ? "uretprobe" : "uprobe", AttachWay.Uprobe),
        _ => throw new UnreachableException($"no case for {sites[0].GetType().Name}"),
    };

    private static string Target(string? module, string name) => module is null ? name : $"{module}:{name}";

    // A program that does not look at what the trace point hands over runs cheaper without the kernel putting that together. System calls of one
    // kind are picked out by the kernel only for ordinary trace points.
    private static bool IsRaw(ImmutableArray<ProbeSite> sites, bool needsSite) => !needsSite && sites.All(s => s is ProbeSite.Tracepoint { Category: not "syscalls" });
}
