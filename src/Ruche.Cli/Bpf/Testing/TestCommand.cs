// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Testing;

/// <summary>Describes <c>ruche bpf test</c>.</summary>
internal static class TestCommand
{
    /// <summary>Whether each instruction is shown.</summary>
    public static Option<bool> Trace { get; } = new("--trace") { Description = "Show each instruction and the registers that it changes" };

    /// <summary>Whether lines are counted.</summary>
    public static Option<bool> Coverage { get; } = new("--coverage") { Description = "Show how often each line of source ran" };

    /// <summary>Where counts go for editors and reports.</summary>
    public static Option<string> Lcov { get; } = new("--lcov") { Description = "Write how often each line ran to a file in lcov's format", HelpName = "FILE" };

    /// <summary>Whether the kernel is asked as well.</summary>
    public static Option<bool> Kernel { get; } = new("--kernel") { Description = "Run the same in the kernel without attaching it, and show what differs (needs root)" };

    /// <summary>The command.</summary>
    public static Command Create() => WordCommand.Create("bpf test", "Run a program of an object in this process, without root, on packets or records that are given",
        TestObject.Syntax, "xdp_drop_tcp.bpf.o packets capture.pcap --coverage", TestObject.RunAsync, Trace, Coverage, Lcov, Kernel, BpfOptions.Output);
}
