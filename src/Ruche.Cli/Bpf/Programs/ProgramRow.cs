// SPDX-License-Identifier: MIT
using Ruche.Bpf.Programs;

namespace Ruche.Cli.Bpf.Programs;

/// <summary>A program as it is listed.</summary>
internal sealed record ProgramRow(ProgramInfo Info, long MemoryBytes)
{
    /// <summary>Asks the kernel.</summary>
    public static ProgramRow Of(BpfProgram program) => new(program.GetInfo(), program.MemoryBytes);
}
