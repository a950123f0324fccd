// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Hooks;

namespace Ruche.Bpf.Tests.Hooks;

public sealed class KernelHookTests : KernelTest
{
    // Attaching to every hook takes seconds, and two tests look at what came of it.
    private static readonly Lazy<IReadOnlyList<HookTrial>> Trials = new(KernelHooks.TryAll);

    /// <summary>
    /// What kernels had when the reference page of hooks was made. Every run leaves what it has found in artifacts/hooks; RUCHE_APPROVE=1
    /// puts it in place, and eng/docs makes the page.
    /// </summary>
    [Fact]
    public void This_kernel_has_the_hooks_that_the_reference_says()
    {
        HookRecord found = HookRecord.Of(Trials.Value);

        found.Save();

        if (HookRecord.Approved(found) is { } approved) Assert.Equal(approved.Text, found.Text);
    }

    [Fact]
    public void A_hook_that_the_kernel_is_new_enough_for_is_never_unknown()
    {
        var trials = Trials.Value.Where(trial => trial.Hook.Introduced <= KernelVersion.Current);

        Assert.All(trials, trial => Assert.True(trial.State is not HookState.Unknown, $"{trial.Hook.Name}: {trial.Reason}"));
        Assert.All(trials, trial => Assert.Equal(trial.State is HookState.Works, trial.Reason.Length == 0));
        Assert.All(trials, trial => Assert.Equal(trial.State is HookState.Works, trial.Mechanism.Length > 0));
    }

    [Fact]
    public void A_trial_leaves_no_cgroup_behind()
    {
        _ = KernelHooks.Try(KernelHooks.All.Where(hook => hook.Name.StartsWith("cgroup_", StringComparison.Ordinal)));

        Assert.All(File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')).Where(fields => fields[2] == "cgroup2"),
            fields => Assert.Empty(Directory.EnumerateDirectories(fields[1], $"ruche-trial-{Environment.ProcessId}")));
    }
}
