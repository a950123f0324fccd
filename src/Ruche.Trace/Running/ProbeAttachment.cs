// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Links;
using Ruche.Bpf.Programs;
using Ruche.Trace.Lowering;
using Ruche.Trace.Probes;

namespace Ruche.Trace.Running;

/// <summary>Attaches a program to its places.</summary>
internal static class ProbeAttachment
{
    private const uint Hardware = 0;
    private const uint Software = 1;

    public static IEnumerable<BpfLink> Attach(BpfProgram program, ProgramPlan plan, int? pid)
    {
        switch (plan.Way)
        {
            case AttachWay.KprobeMulti:
                var functions = plan.Probe.Sites.Cast<ProbeSite.KernelProbe>().DistinctBy(s => s.Function).Select(s => new TraceableFunction(s.Function, s.Module, s.Address));
                return [program.AttachKprobes([.. functions], ((ProbeSite.KernelProbe)plan.Probe.Sites[0]).IsReturn)];
            case AttachWay.Tracing: return [program.AttachTracing()];
            default: return plan.Probe.Sites.Select(site => Attach(program, site, plan.Way, pid));
        }
    }

    private static BpfLink Attach(BpfProgram program, ProbeSite site, AttachWay way, int? pid) => site switch
    {
        ProbeSite.Interval x => program.AttachPerfEvent(Timer(x.Rate) with { Cpu = 0 }),
        ProbeSite.Profile x => program.AttachPerfEvent(Timer(x.Rate) with { Pid = pid }),
        ProbeSite.Counter x => program.AttachPerfEvent(new() { Type = x.IsHardware ? Hardware : Software, Config = x.Event, Period = x.Count, Pid = pid }),
        ProbeSite.Tracepoint x when way is AttachWay.RawTracepoint => program.AttachRawTracepoint(x.Event),
        ProbeSite.Tracepoint x => program.AttachTracepoint(x.Category, x.Event),
        ProbeSite.RawTracepoint x => program.AttachRawTracepoint(x.Event),
        ProbeSite.KernelProbe x => program.AttachKprobe(x.Function, x.Offset, x.IsReturn),
        ProbeSite.UserProbe x => program.AttachUprobe(Target(x), new() { IsReturn = x.IsReturn, Pid = pid, CounterOffset = x.Point?.CounterOffset ?? 0 }),
        ProbeSite.Watchpoint x => program.AttachPerfEvent(new() { Watch = x.Watch, Period = 1, Pid = pid }),
        _ => throw new UnreachableException($"no case for {site.GetType().Name}"),
    };

    private static UserTarget Target(ProbeSite.UserProbe site) =>
        new(site.Path, site.Function ?? "", site.Offset);

    private static PerfEventOptions Timer(TimeRate rate) =>
        rate.Hertz != 0 ? new() { Frequency = rate.Hertz } : new() { Period = rate.Nanoseconds };
}
