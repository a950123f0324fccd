// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Hooks;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Cli.Check;

/// <summary>Asks the kernel what it can do: by making maps and programs, and by attaching to every hook.</summary>
internal static class KernelChecks
{
    private const string Group = "features";

    private static readonly string[] NeededHooks = ["tracepoint", "raw_tp"];

    /// <summary>All that can be asked; a single row without the privilege to ask anything.</summary>
    public static IEnumerable<CheckRow> Of(HostState host) => host.Capabilities["CAP_BPF"]
        ? Features().Concat(Hooks())
        : [new(Group, "the kernel", CheckState.Unknown, "not asked: that needs CAP_BPF", "what it can do is not known", "run as root, or with sudo")];

    private static IEnumerable<CheckRow> Features() =>
    [
        Feature(KernelFeatures.RingBuffer, "events come through perf buffers, one for each CPU"),
        Feature(KernelFeatures.BatchOperations, "maps are read an entry at a time"),
        Feature(KernelFeatures.BoundedLoops, "programs with loops do not load"),
        Feature(KernelFeatures.AttachCookie, "programs cannot tell where they were attached"),
        Feature(KernelFeatures.Arena, "programs cannot share memory with user space"),
        Feature(KernelFeatures.Map(MapType.TaskStorage), "values are kept by process id instead of with the process"),
        Feature(KernelFeatures.Program(ProgramType.StructOps), "congestion control and schedulers cannot be written in BPF"),
    ];

    private static IEnumerable<CheckRow> Hooks()
    {
        var trials = KernelHooks.TryAll().ToDictionary(trial => trial.Hook.Name);
        return trials.Values.Select(trial => Hook(trial, trials));
    }

    private static CheckRow Feature(FeatureProbe feature, string consequence) => feature.Ask() switch
    {
        Support.Yes => new(Group, feature.Name, CheckState.Ok, "there"),
        Support.No => new(Group, feature.Name, CheckState.Missing, "not there", consequence, $"boot Linux {feature.Introduced} or newer"),
        _ => new(Group, feature.Name, CheckState.Unknown, "the kernel does not say", consequence, "run as root"),
    };

    private static CheckRow Hook(HookTrial trial, Dictionary<string, HookTrial> trials) => trial.State is HookState.Works
        ? new("hooks", trial.Hook.Name, CheckState.Ok, trial.Mechanism)
        : new("hooks", trial.Hook.Name, StateOf(trial.State), trial.Reason, $"it is for {trial.Hook.Purpose}", Remedy(trial, trials), NeededHooks.Contains(trial.Hook.Name));

    private static CheckState StateOf(HookState state) => state switch
    {
        HookState.Missing => CheckState.Missing,
        HookState.Refused => CheckState.Refused,
        _ => CheckState.Unknown,
    };

    private static string Remedy(HookTrial trial, Dictionary<string, HookTrial> trials)
    {
        string newer = KernelVersion.Current < trial.Hook.Introduced ? $"boot Linux {trial.Hook.Introduced} or newer" : "";
        var instead = trial;
        while (instead is { State: not HookState.Works, Hook.Fallback: { Length: > 0 } fallback }) instead = trials[fallback];
        string other = instead.State is HookState.Works ? $"use {instead.Hook.Name} instead" : "";
        return string.Join("; or ", new[] { other, newer }.Where(text => text.Length > 0));
    }
}
