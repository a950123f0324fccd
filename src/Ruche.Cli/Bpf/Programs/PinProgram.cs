// SPDX-License-Identifier: MIT
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Programs;

/// <summary><c>ruche bpf prog pin</c>.</summary>
internal static class PinProgram
{
    /// <summary>Keeps a program alive under a name in the BPF file system.</summary>
    public static int Run(Invocation call)
    {
        using BpfProgram program = ProgramSelection.TakeOne(call.Words);
        string path = call.Words.Take("the path");
        call.Words.End();
        program.Pin(path);
        return ExitCode.Done;
    }
}
