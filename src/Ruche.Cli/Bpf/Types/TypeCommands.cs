// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Types;

/// <summary>Describes <c>ruche bpf btf …</c>.</summary>
internal static class TypeCommands
{
    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf btf", "Types (BTF) that the kernel holds, or of a file", "show",
        Show("show"), Show("list"),
        WordCommand.Create("bpf btf dump", "Print types as they are stored, as C, as C# or as JSON",
            $"({TypesSource.Syntax}) [root_id N]… [format raw|c|csharp|json]", "file /sys/kernel/btf/vmlinux format c", DumpTypes.Run, BpfOptions.Output));

    private static Command Show(string name) => WordCommand.Create($"bpf btf {name}", "List sets of types: size, name, the programs and maps that use them",
        "[id N]", "--output json", ShowTypes.Run, BpfOptions.Output, BpfOptions.Pids);
}
