// SPDX-License-Identifier: MIT
using Ruche.Bpf.Programs;

namespace Ruche.Cli.Bpf.Programs;

/// <summary>Names programs that others mention by id.</summary>
internal static class ProgramNames
{
    /// <summary>The kernel's name of a program; empty when it is gone.</summary>
    public static string Of(uint id)
    {
        using BpfProgram? program = BpfProgram.TryOpenById(id);
        return program?.Name ?? "";
    }
}
