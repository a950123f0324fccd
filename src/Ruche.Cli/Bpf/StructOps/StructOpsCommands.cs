// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Maps;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.StructOps;

/// <summary>Describes <c>ruche bpf struct_ops …</c>.</summary>
internal static class StructOpsCommands
{
    private const string ValuePrefix = "bpf_struct_ops_";

    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf struct_ops", "Kernel structs whose functions are programs", "show",
        Show("show"), Show("list"),
        WordCommand.Create("bpf struct_ops dump", "Print one, by the kernel's types", $"({MapSelection.Syntax})", "name my_congestion", DumpMap.Run, BpfOptions.Output),
        WordCommand.Create("bpf struct_ops unregister", "Take one out of use", $"({MapSelection.Syntax})", "name my_congestion", Unregister));

    private static Command Show(string name) => WordCommand.Create($"bpf struct_ops {name}", "List those in the kernel", "", "--output json", List, BpfOptions.Output);

    private static int List(Invocation call)
    {
        call.Words.End();
        List<StructOpsRow> rows = [];
        foreach (uint id in BpfMap.EnumerateIds())
        {
            using BpfMap? map = BpfMap.TryOpenById(id);
            if (map is not { Type: MapType.StructOps }) continue;
            string type = KernelTypes.Running.NameOf((int)map.Info.KernelValueType);
            rows.Add(new(id, map.Name, type.StartsWith(ValuePrefix, StringComparison.Ordinal) ? type[ValuePrefix.Length..] : type));
        }

        ListingOutput.Write(rows, new StructOpsShape(), call.Format, isSingle: false);
        return ExitCode.Done;
    }

    private static int Unregister(Invocation call)
    {
        using BpfMap map = MapSelection.TakeOne(call.Words);
        call.Words.End();
        if (map.Type is not MapType.StructOps) throw new CommandFailure(ExitCode.Usage, $"map '{map.Name}' is a {map.Type.KernelName()}, not a struct_ops");
        if (!map.Delete(stackalloc byte[sizeof(int)])) throw new CommandFailure(ExitCode.Failed, $"'{map.Name}' is not registered");
        return ExitCode.Done;
    }
}
