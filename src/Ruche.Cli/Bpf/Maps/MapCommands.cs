// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Maps.Events;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>Describes <c>ruche bpf map …</c>.</summary>
internal static class MapCommands
{
    private const string Key = "key (BYTES | hex BYTES | VALUE)";
    private const string Value = "value (BYTES | hex BYTES | VALUE | MAP | PROG)";

    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf map", "Maps in the kernel", "dump name counts",
        Show("show"), Show("list"),
        Entries("dump", "Print all entries, by their types if the kernel has them", "", "name counts --output json", DumpMap.Run),
        Entries("lookup", "Print the value of a key", $" {Key}", "name counts key 42", MapEntryCommands.Lookup),
        Plain("update", "Store a value under a key", $"{MapSelection.Short} {Key} {Value} [any|exist|noexist]", "name counts key 42 value 1", MapEntryCommands.Update),
        Plain("delete", "Remove a key", $"{MapSelection.Short} {Key}", "name counts key hex 2a 00 00 00", MapEntryCommands.Delete),
        Entries("getnext", "Print the key after another, or the first", $" [{Key}]", "name counts", MapEntryCommands.GetNext),
        Entries("peek", "Print the next value of a queue or stack", "", "name jobs", KeylessCommands.Peek),
        Entries("pop", "Take a value off a stack", "", "name jobs", KeylessCommands.Pop),
        Entries("dequeue", "Take a value out of a queue", "", "name jobs", KeylessCommands.Pop),
        Plain("push", "Put a value on a stack", $"{MapSelection.Short} {Value}", "name jobs value 7", KeylessCommands.Push),
        Plain("enqueue", "Put a value into a queue", $"{MapSelection.Short} {Value}", "name jobs value 7", KeylessCommands.Push),
        WordCommand.Create("bpf map event_pipe", "Print what programs write to a perf event array or a ring buffer", PipeEvents.Syntax, "name events", PipeEvents.Run, BpfOptions.Output),
        Plain("create", "Make a map and pin it", MapLifeCommands.CreateSyntax, "/sys/fs/bpf/counts type hash key 4 value 8 entries 1024 name counts", MapLifeCommands.Create),
        Plain("freeze", "Forbid user space to change it from now on", MapSelection.Short, "name settings", MapLifeCommands.Freeze),
        Plain("pin", "Keep it alive under a name in the BPF file system", $"{MapSelection.Short} PATH", "id 7 /sys/fs/bpf/counts", MapLifeCommands.Pin));

    private static Command Show(string name) => WordCommand.Create($"bpf map {name}", "List maps: type, name, sizes, flags, memory",
        $"[{MapSelection.Syntax}]", "--output json", ShowMaps.Run, BpfOptions.Output, BpfOptions.Pinned, BpfOptions.Pids);

    private static Command Entries(string name, string description, string more, string example, Func<Invocation, int> run) =>
        WordCommand.Create($"bpf map {name}", description, MapSelection.Short + more, example, run, BpfOptions.Output);

    private static Command Plain(string name, string description, string words, string example, Func<Invocation, int> run) =>
        WordCommand.Create($"bpf map {name}", description, words, example, run);
}
