// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using Ruche.Bpf.Compiler;
using Ruche.Bpf.Compiler.Ir.Text;
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Expansion;
using Ruche.Trace.Lowering;
using Ruche.Trace.Preamble;
using Ruche.Trace.Probes;
using Ruche.Trace.Recording;
using Ruche.Trace.Running;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace;

/// <summary>A script compiled for the running kernel: its programs and maps, and what is needed to print what they find. Immutable.</summary>
public sealed class CompiledTrace
{
    // Room for the bucket of a histogram beside the key.
    private const int LargestKey = 512 - 16;
    private const int ShortestText = 16;

    private CompiledTrace(ObjectSpec spec, ScriptPlan plan, BoundScript script, SourceText source, TraceOptions options, string ir)
    {
        Object = spec;
        Plan = plan;
        Script = script;
        Source = source;
        Options = options;
        IntermediateText = ir;
    }

    /// <summary>The programs and maps, ready to be loaded or written as a file.</summary>
    public ObjectSpec Object { get; }

    /// <summary>How many places the programs are attached to.</summary>
    public int ProbeCount => Script.Probes.Sum(p => p.Sites.Length);

    /// <summary>The programs and their places, in the order of the script.</summary>
    public IReadOnlyList<TraceProgram> Programs => [.. Plan.Programs.Select(p => new TraceProgram(p.Name, HookOf(p), [.. p.Probe.Sites.Select(s => s.Name)], Object.Program(p.Name)!.Entry.Instructions.Length))];

    /// <summary>The form that the programs had before instructions were made of it.</summary>
    public string IntermediateText { get; }

    internal ScriptPlan Plan { get; }

    internal BoundScript Script { get; }

    internal SourceText Source { get; }

    internal TraceOptions Options { get; }

    /// <summary>Compiles a script. Null when it has errors, which are reported; warnings are reported too.</summary>
    /// <exception cref="Bpf.BpfException">The kernel does not tell what the script asks about.</exception>
    public static CompiledTrace? Compile(TraceScript script, TraceOptions options, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(diagnostics);
        DiagnosticBag found = new();

        // What would change the system changes nothing in a replay.
        if (options.Recording is { } recording) options = options with { Pid = recording.Pid, Child = recording.Child, IsUnsafeAllowed = true };
        HostAnswers answers = new(options.Recorder, options.Recording);
        options.Recorder?.Write(script, options);
        var types = RecordedTypes.Of(answers);
        var settings = ScriptSettings.Of(script, options, answers, found);
        ScriptFiles files = new(answers, script.Source.Name);
        ImportReader imports = new(script.Tree, script.Source, files, found);
        var source = imports.Source;
        var tree = MacroExpansion.Expand(imports.Tree, source, found);
        var probes = Expand(tree, source, new(types) { Pid = options.Pid ?? options.Child }, settings, answers, found);
        if (probes.Count == 0 && !found.HasErrors) found.Error(TraceDiagnostics.NoSuchPlace, "nothing is left to attach to", source.Locate(default));
        var preamble = CPreamble.Read(tree, source, types, options, files, found);
        var bound = found.HasErrors ? null : Bind(tree, source, probes, preamble, answers, ref settings, found);
        foreach (var diagnostic in found.Items) diagnostics.Report(diagnostic);
        if (bound is null || found.HasErrors) return null;

        var target = answers.IsReplayed ? TargetProfile.Linux618 : RunningTarget.Of(bound);
        var plan = ScriptLowering.Lower(bound, source, settings, target, options.Recorder is not null, answers.IsReplayed);
        string ir = options.KeepsIntermediateText ? IrPrinter.Print(plan.Module) : "";
        return new(BpfCompiler.Compile(plan.Module, answers.IsReplayed ? target : RunningTarget.For(plan.Module, target)), plan, bound, source, options, ir);
    }

    /// <summary>The probes of a script that have places, with these.</summary>
    internal static List<(Declaration.Probe Probe, ImmutableArray<ProbeSite> Sites)> Expand(
        Script tree, SourceText source, ProbePlaces places, ScriptOptions settings, HostAnswers answers, DiagnosticBag found)
    {
        List<(Declaration.Probe, ImmutableArray<ProbeSite>)> probes = [];
        foreach (var probe in tree.Declarations.OfType<Declaration.Probe>())
        {
            var sites = ImmutableArray.CreateBuilder<ProbeSite>();
            foreach (var attachPoint in probe.AttachPoints)
            {
                if (AttachPointReader.Read(attachPoint, source, found, settings.Parameters, settings.Missing) is { } target) sites.AddRange(SitesOf(target, attachPoint));
            }

            if (sites.Count > 0) probes.Add((probe, sites.ToImmutable()));
            else if (settings.Missing is MissingProbes.Ignore && !found.HasErrors && probe.AttachPoints.All(AttachPointReader.HasParameters)) TellMisfit(probe);
        }

        return probes;

        // What the script can do without is not what somebody asked for just now.
        void TellMisfit(Declaration.Probe probe)
        {
            string all = string.Join(", ", probe.AttachPoints.Select(a => source.Slice(a.Span).ToString()));
            string given = string.Join(", ", settings.Parameters.Select((p, i) => $"${i + 1} is '{p}'"));
            found.Error(TraceDiagnostics.NoSuchPlace, $"there is no place for {all}", source.Locate(probe.AttachPoints[0].Span.To(probe.AttachPoints[^1].Span)), given);
        }

        IEnumerable<ProbeSite> SitesOf(ProbeTarget target, AttachPoint attachPoint)
        {
            if (!answers.IsRecorded) return ProbeExpansion.Expand(target, source, found, places, settings.Missing);
            string text = source.Slice(attachPoint.Span).ToString();
            if (target is { Provider.Name: "iter", Parts.Length: > 1 })
            {
                found.Error(TraceDiagnostics.UnsupportedProvider, "a pinned iterator runs when somebody reads the pin: there is nothing to record", source.Locate(attachPoint.Span), "leave the pin out");
                return [];
            }

            if (answers.Ask(AnswerKind.Sites, text, () => SiteList.Write(ProbeExpansion.Expand(target, source, found, places, settings.Missing))) is { } told) return SiteList.Read(told);
            found.Error(TraceDiagnostics.NoSuchPlace, $"the recording has nothing of {text}", source.Locate(attachPoint.Span), "make a new one with the script as it is now");
            return [];
        }
    }

    private static string HookOf(ProgramPlan plan) => plan.Way switch
    {
        AttachWay.Run => "run on request",
        AttachWay.Iterate => "iterator",
        AttachWay.PerfEvent => "perf event",
        AttachWay.Tracepoint => "trace point",
        AttachWay.RawTracepoint => "raw trace point",
        AttachWay.Kprobe => "kprobe",
        AttachWay.KprobeMulti => "kprobe, one link",
        AttachWay.Uprobe => "uprobe",
        AttachWay.UprobeMulti => "uprobe, one link",
        AttachWay.Tracing => plan.Probe.Sites[0] is ProbeSite.RawTracepoint ? "raw trace point with types" : "trampoline",
        _ => throw new UnreachableException($"no case for {plan.Way}"),
    };

    // Texts are cut shorter until keys fit, where the kernel limits those.
    private static BoundScript? Bind(
        Script tree, SourceText source, List<(Declaration.Probe Probe, ImmutableArray<ProbeSite> Sites)> probes, CPreamble preamble, HostAnswers answers, ref ScriptOptions settings, DiagnosticBag found)
    {
        while (true)
        {
            DiagnosticBag said = new();
            var bound = Binder.Bind(probes, tree.Declarations, source, preamble, settings, said);
            if (bound is not null && bound.Maps.Any(HasLargeKey) && settings.TextCapacity > ShortestText && answers.Fact("large keys", () => KernelFeatures.LargeKeys.Ask() is Support.No ? 0 : 1) == 0)
            {
                settings = settings with { TextCapacity = settings.TextCapacity / 2 };
                continue;
            }

            foreach (var diagnostic in said.Items) found.Report(diagnostic);
            return bound;
        }
    }

    private static bool HasLargeKey(MapSymbol map) => map.HasKey is true && ValueLayout.SizeOf(map.Key.Type) > LargestKey;
}
