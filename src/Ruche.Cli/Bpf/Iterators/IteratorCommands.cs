// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Bpf.Links;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Maps;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;

namespace Ruche.Cli.Bpf.Iterators;

/// <summary>Describes <c>ruche bpf iter …</c>.</summary>
internal static class IteratorCommands
{
    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf iter", "Iterators: programs that write text about kernel objects", "pin tasks.bpf.o /sys/fs/bpf/tasks",
        WordCommand.Create("bpf iter pin", "Load an iterator and pin it as a file to read", "FILE PATH [map MAP]", "tasks.bpf.o /sys/fs/bpf/tasks", PinAsync));

    private static async Task<int> PinAsync(Invocation call, CancellationToken ct)
    {
        string file = call.Words.Take("the object");
        string path = call.Words.Take("the path");
        using BpfMap? map = call.Words.TryTake("map") ? MapSelection.TakeOne(call.Words) : null;
        call.Words.End();
        ObjectSpec spec = await ObjectSource.OpenAsync(file, ct);
        string name = spec.Programs.FirstOrDefault(one => one.Attach is AttachKind.Iterator)?.Name
            ?? throw new CommandFailure(ExitCode.Failed, $"'{file}' has no iterator; the section of one is named iter/TARGET");
        spec = spec with { Programs = [.. spec.Programs.Select(one => one with { AutoLoad = one.Name == name })] };
        using BpfObject loaded = BpfObject.Open(spec).Load();
        BpfProgram program = loaded.Program(name);
        using KernelLink link = program.AttachIterator(map);
        link.Pin(path);
        return ExitCode.Done;
    }
}
