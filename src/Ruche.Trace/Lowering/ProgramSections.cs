// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Compiler;
using Ruche.Trace.Binding;
using Ruche.Trace.Probes;

namespace Ruche.Trace.Lowering;

/// <summary>What kind of program serves a place, and how it gets there.</summary>
internal static class ProgramSections
{
    public static (string Section, AttachWay Way) Of(BoundProbe probe, TargetProfile target) => probe.Sites[0] switch
    {
        ProbeSite.Begin or ProbeSite.End or ProbeSite.Test or ProbeSite.Signal => ("raw_tp", AttachWay.Run),
        ProbeSite.Interval or ProbeSite.Profile or ProbeSite.Counter or ProbeSite.Watchpoint => ("perf_event", AttachWay.PerfEvent),
        ProbeSite.Tracepoint when IsRaw(probe) => ("raw_tp", AttachWay.RawTracepoint),
        ProbeSite.Tracepoint => ("tracepoint", AttachWay.Tracepoint),
        ProbeSite.RawTracepoint x when BoundWalk.ExpressionsIn(probe.Body).Any(e => e is BoundExpression.Call { Function.TakesKernelObject: true }) => ($"tp_btf/{x.Event}", AttachWay.Tracing),
        ProbeSite.RawTracepoint => ("raw_tp", AttachWay.RawTracepoint),
        ProbeSite.KernelProbe x when probe.Sites.Length > 1 && target.HasKprobeMulti && probe.Sites.All(s => s is ProbeSite.KernelProbe { Offset: 0 }) =>
            (x.IsReturn ? "kretprobe.multi" : "kprobe.multi", AttachWay.KprobeMulti),
        ProbeSite.KernelProbe x => (x.IsReturn ? "kretprobe" : "kprobe", AttachWay.Kprobe),
        ProbeSite.KernelFunction x => ($"{(x.IsReturn ? "fexit" : "fentry")}/{x.Function}", AttachWay.Tracing),
        ProbeSite.Iterator x => ($"iter/{x.Kind}", AttachWay.Iterate),
        ProbeSite.UserProbe x when probe.Sites.Length > 1 && target.HasUprobeMulti => (x.IsReturn ? "uretprobe.multi" : "uprobe.multi", AttachWay.UprobeMulti),
        ProbeSite.UserProbe x => (x.IsReturn ? "uretprobe" : "uprobe", AttachWay.Uprobe),
        _ => throw new UnreachableException($"no case for {probe.Sites[0].GetType().Name}"),
    };

    // A program that does not look at what the trace point hands over runs cheaper without the kernel putting that together. System calls of one
    // kind are picked out by the kernel only for ordinary trace points.
    private static bool IsRaw(BoundProbe probe) => !probe.NeedsSite && probe.Sites.All(s => s is ProbeSite.Tracepoint { Category: not "syscalls" });
}
