// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Verification;

/// <summary>Describes <c>ruche bpf verify</c>.</summary>
internal static class VerifyCommand
{
    /// <summary>How it is called.</summary>
    public const string Syntax = "OBJECT [PROGRAM...]";

    /// <summary>Whose verdict is asked for.</summary>
    public static Option<string> Kernel { get; } =
        new("--kernel") { Description = "Releases to predict, such as 5.15,6.1; all; without it, the running one", HelpName = "RELEASES" };

    /// <summary>The kernel's types.</summary>
    public static Option<string> Types { get; } = new("--btf") { Description = "The kernel's types; without it, those of the running one", HelpName = "FILE" };

    /// <summary>Whether the loader is nobody in particular.</summary>
    public static Option<bool> Unprivileged { get; } = new("--unprivileged") { Description = "Predict for a loader without CAP_BPF and CAP_PERFMON, who may load socket filters and cgroup_skb programs" };

    /// <summary>Whether a refusal is explained.</summary>
    public static Option<bool> Explain { get; } = new("--explain") { Description = "Explain each refusal: the path, where the value comes from, and what helps" };

    /// <summary>Whether the proof's cost is shown.</summary>
    public static Option<bool> Statistics { get; } = new("--stats") { Description = "Show what the proof cost: instructions, states, stack" };

    /// <summary>Whether states are shown.</summary>
    public static Option<bool> States { get; } = new("--states") { Description = "Show what is known before each instruction, path by path" };

    /// <summary>The command.</summary>
    public static Command Create() => WordCommand.Create("bpf verify", "Predict what a kernel's verifier says about the programs of an object, without loading them",
        Syntax, "xdp_drop_tcp.bpf.o --explain", VerifyObject.RunAsync, Kernel, Types, Unprivileged, Explain, Statistics, States, BpfOptions.Output);
}
