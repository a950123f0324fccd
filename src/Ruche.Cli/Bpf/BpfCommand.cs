// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Cgroups;
using Ruche.Cli.Bpf.Code;
using Ruche.Cli.Bpf.Explanations;
using Ruche.Cli.Bpf.Features;
using Ruche.Cli.Bpf.Generation;
using Ruche.Cli.Bpf.Iterators;
using Ruche.Cli.Bpf.Links;
using Ruche.Cli.Bpf.Maps;
using Ruche.Cli.Bpf.Network;
using Ruche.Cli.Bpf.Programs;
using Ruche.Cli.Bpf.StructOps;
using Ruche.Cli.Bpf.Testing;
using Ruche.Cli.Bpf.Types;
using Ruche.Cli.Bpf.Verification;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf;

/// <summary>Describes <c>ruche bpf</c>: looks at, and works on, whatever BPF objects are in the kernel, whoever made them.</summary>
internal static class BpfCommand
{
    private const string Description = "Inspect and change programs, maps, links and types in the kernel";

    /// <summary>The group, without its commands: enough for a command line that does not use it.</summary>
    public static Command CreateHead() => new("bpf", Description);

    /// <summary>The group with all its commands.</summary>
    public static Command Create() => WordCommand.Group("bpf", Description, "prog show",
        ProgramCommands.Create(), MapCommands.Create(), LinkCommands.Create(), TypeCommands.Create(), NetworkCommands.Create(), CgroupCommands.Create(),
        FeatureCommands.Create(), StructOpsCommands.Create(), IteratorCommands.Create(), GenerationCommands.Create(), CodeCommands.Dump(), CodeCommands.Assemble(), CodeCommands.Disassemble(), TestCommand.Create(),
        VerifyCommand.Create(), ExplainLog.Create());
}
