// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Features;

public static partial class KernelFeatures
{
    /// <summary>Names of programs.</summary>
    public static FeatureProbe ProgramName { get; } = new("program names", new(4, 15), () => ProgramProbe.Named("probe"));

    /// <summary>Global variables: addresses inside the value of an array.</summary>
    public static FeatureProbe GlobalData { get; } = new("global variables", new(5, 2), ProgramProbe.GlobalData);

    /// <summary>An attach type given at load.</summary>
    public static FeatureProbe ExpectedAttachType { get; } = new("attach types at load", new(4, 17), () =>
        ProgramProbe.Load(ProgramType.CgroupSock, ProgramProbe.ReturnZero, AttachType.CgroupInetSockCreate));

    /// <summary>The helper <c>bpf_probe_read_kernel</c>.</summary>
    public static FeatureProbe ProbeReadKernel { get; } = new("helper probe_read_kernel", new(5, 5), () =>
        ProgramProbe.Load(ProgramType.Tracepoint, ProgramProbe.ProbeReadKernel));

    /// <summary>The helper <c>bpf_get_attach_cookie</c>.</summary>
    public static FeatureProbe AttachCookie { get; } = new("attach cookies", new(5, 15), () =>
        ProgramProbe.Load(ProgramType.Tracepoint, ProgramProbe.Call(174)));

    /// <summary>Loops that the verifier follows to their end.</summary>
    public static FeatureProbe BoundedLoops { get; } = new("bounded loops", new(5, 3), () =>
        ProgramProbe.Load(ProgramType.SocketFilter, ProgramProbe.Loop));

    /// <summary>Signed division, and what else the fourth version of the instruction set brought.</summary>
    public static FeatureProbe SignedDivision { get; } = new("signed division", new(6, 6), () =>
        ProgramProbe.Load(ProgramType.SocketFilter, ProgramProbe.SignedDivision));

    /// <summary>Atomic operations that yield what stood there, and others than addition.</summary>
    public static FeatureProbe FetchingAtomics { get; } = new("fetching atomics", new(5, 12), () =>
        ProgramProbe.Load(ProgramType.SocketFilter, ProgramProbe.FetchingAtomic));

    /// <summary>Loops whose rounds the kernel counts (may_goto).</summary>
    public static FeatureProbe MayGoto { get; } = new("may_goto", new(6, 9), () =>
        ProgramProbe.Load(ProgramType.SocketFilter, ProgramProbe.MayGoto));

    /// <summary>Links for perf events: tracepoints, kprobes, uprobes, sampling.</summary>
    public static FeatureProbe PerfEventLink { get; } = new("links of perf events", new(5, 15), LinkProbe.PerfEvent);

    /// <summary>Several tc programs on one interface, through links.</summary>
    public static FeatureProbe Tcx { get; } = new("tcx", new(6, 6), LinkProbe.Tcx);

    /// <summary>Many probes of kernel functions through one link.</summary>
    public static FeatureProbe KprobeMulti { get; } = new("kprobe_multi links", new(5, 18), LinkProbe.KprobeMulti);

    /// <summary>Many user-space probes through one link.</summary>
    public static FeatureProbe UprobeMulti { get; } = new("uprobe_multi links", new(6, 6), LinkProbe.UprobeMulti);
}
