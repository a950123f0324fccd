// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Programs;

/// <summary>Describes <c>ruche bpf prog …</c>.</summary>
internal static class ProgramCommands
{
    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf prog", "Programs in the kernel", "show",
        Show("show"), Show("list"),
        WordCommand.Create("bpf prog dump", "Print a program's code with the source lines it came from", DumpProgram.Syntax, "xlated name count_packets --lines", DumpProgram.Run, BpfOptions.Output, BpfOptions.Lines),
        WordCommand.Create("bpf prog load", "Load an object's first program and pin it", LoadPrograms.Syntax, "prog.bpf.o /sys/fs/bpf/my_prog", LoadPrograms.LoadAsync),
        WordCommand.Create("bpf prog loadall", "Load all programs of an object and pin them in a directory", LoadPrograms.Syntax, "prog.bpf.o /sys/fs/bpf/my_progs pinmaps /sys/fs/bpf/my_maps", LoadPrograms.LoadAllAsync),
        WordCommand.Create("bpf prog pin", "Keep a program alive under a name in the BPF file system", $"({ProgramSelection.Syntax}) PATH", "id 7 /sys/fs/bpf/my_prog", PinProgram.Run),
        WordCommand.Create("bpf prog attach", "Attach a program to the sockets of a map, or as flow dissector", AttachProgram.Syntax, "name redirect sk_msg_verdict name sockets", AttachProgram.Attach),
        WordCommand.Create("bpf prog detach", "Detach a program from the sockets of a map, or as flow dissector", AttachProgram.Syntax, "name redirect sk_msg_verdict name sockets", AttachProgram.Detach),
        WordCommand.Create("bpf prog run", "Run a program on a packet or context of yours, without attaching it", RunProgram.Syntax, "name count_packets data_in packet.bin repeat 1000", RunProgram.Run, BpfOptions.Output),
        WordCommand.Create("bpf prog profile", "Count how often and how long a program runs", ProfileProgram.Syntax, "name count_packets duration 5", ProfileProgram.RunAsync, BpfOptions.Output),
        WordCommand.Create("bpf prog tracelog", "Print what programs write with bpf_printk", "", "", TraceLog.RunAsync));

    private static Command Show(string name) => WordCommand.Create($"bpf prog {name}", "List programs: type, name, tag, sizes, maps, run time",
        $"[{ProgramSelection.Syntax}]", "--output json", ShowPrograms.Run, BpfOptions.Output, BpfOptions.Pinned, BpfOptions.Pids);
}
