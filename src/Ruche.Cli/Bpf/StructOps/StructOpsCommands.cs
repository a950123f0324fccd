// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Maps;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.StructOps;

/// <summary>Describes <c>ruche bpf struct_ops …</c>.</summary>
internal static class StructOpsCommands
{
    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf struct_ops", "Kernel structs whose functions are programs", "show",
        Show("show"), Show("list"),
        WordCommand.Create("bpf struct_ops dump", "Print one, by the kernel's types", $"({MapSelection.Syntax})", "name my_congestion", DumpMap.Run, BpfOptions.Output),
        WordCommand.Create("bpf struct_ops register", "Load an object and leave its structs in use", RegisterStructOps.Syntax, "my_congestion.bpf.o /sys/fs/bpf", RegisterStructOps.RunAsync, BpfOptions.Output),
        WordCommand.Create("bpf struct_ops unregister", "Take one out of use", $"({MapSelection.Syntax})", "name my_congestion", UnregisterStructOps.Run));

    private static Command Show(string name) => WordCommand.Create($"bpf struct_ops {name}", "List those in the kernel", "", "--output json", List, BpfOptions.Output);

    private static int List(Invocation call)
    {
        call.Words.End();
        List<StructOpsRow> rows = [];
        foreach (uint id in BpfMap.EnumerateIds())
        {
            using BpfMap? map = BpfMap.TryOpenById(id);
            if (map is { Type: MapType.StructOps }) rows.Add(StructOpsRow.Of(map));
        }

        ListingOutput.Write(rows, new StructOpsShape(), call.Format, isSingle: false);
        return ExitCode.Done;
    }
}
