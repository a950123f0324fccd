// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Hooks;

namespace Ruche.Architecture.Tests;

/// <summary>docs/reference/hooks.md puts together what the kernel tests have found on each kernel.</summary>
public sealed class HookPageTests
{
    private static readonly string Records = Path.Combine(Repository.Root, "tests/Ruche.Bpf.Tests/testdata/hooks");

    [Fact]
    public void The_page_is_what_the_kernels_have_shown()
    {
        Kernel[] kernels = [.. Directory.EnumerateFiles(Records, "*.tsv").Select(Kernel.Read).OrderBy(kernel => kernel.Version)];
        StringBuilder page = new();
        page.Append("# Hooks by kernel\n\n")
            .Append("Each kernel was asked by attaching a program; `ruche check` does the same on yours. A mechanism other than a bpf link is what\n")
            .Append("that kernel has instead. Made by `eng/docs` from what the kernel tests leave in `artifacts/hooks`.\n\n");
        page.Append($"| hook | since | {string.Join(" | ", kernels.Select(kernel => kernel.Name))} |\n");
        page.Append($"|---|---|{string.Concat(kernels.Select(_ => "---|"))}\n");
        List<string> notes = [];
        foreach (var hook in KernelHooks.All)
            page.Append($"| {hook.Name} | {hook.Introduced} | {string.Join(" | ", kernels.Select(kernel => Cell(kernel, hook, notes)))} |\n");
        page.Append('\n');
        for (int i = 0; i < notes.Count; i++) page.Append($"{i + 1}. {notes[i]}\n");

        Approved.Verify("docs/reference/hooks.md", page.ToString());
    }

    private static string Cell(Kernel kernel, KernelHook hook, List<string> notes)
    {
        if (!kernel.Trials.TryGetValue(hook.Name, out var trial)) return "not tried";
        if (trial.State == nameof(HookState.Works)) return trial.Mechanism == "bpf link" ? "works" : $"works: {trial.Mechanism}";
        string what = trial.State == nameof(HookState.Missing) && hook.Fallback.Length > 0 ? $"use {hook.Fallback}" : trial.State.ToLowerInvariant();
        if (trial.State == nameof(HookState.Missing) && hook.Introduced > kernel.Version) return what;
        if (!notes.Contains(trial.Reason)) notes.Add(trial.Reason);
        return $"{what} ({notes.IndexOf(trial.Reason) + 1})";
    }

    private sealed record Trial(string State, string Mechanism, string Reason);

    private sealed record Kernel(string Name, Version Version, IReadOnlyDictionary<string, Trial> Trials)
    {
        public static Kernel Read(string path)
        {
            string[] lines = File.ReadAllLines(path);
            string version = Path.GetFileNameWithoutExtension(path)["linux-".Length..];
            var trials = lines.Skip(1).Select(line => line.Split('\t')).ToDictionary(fields => fields[0], fields => new Trial(fields[1], fields[2], fields[3]));
            return new($"{version} {lines[0].TrimStart('#', ' ')}", Version.Parse(version), trials);
        }
    }
}
