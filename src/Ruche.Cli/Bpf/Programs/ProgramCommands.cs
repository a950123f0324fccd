// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Programs;

/// <summary>Describes <c>ruche bpf prog …</c>.</summary>
internal static class ProgramCommands
{
    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf prog", "Programs in the kernel", "show",
        Show("show"), Show("list"));

    private static Command Show(string name) => WordCommand.Create($"bpf prog {name}", "List programs: type, name, tag, sizes, maps, run time",
        $"[{ProgramSelection.Syntax}]", "--output json", ShowPrograms.Run, BpfOptions.Output, BpfOptions.Pinned, BpfOptions.Pids);
}
