// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>What surrounds a program that is validated.</summary>
public sealed record InstructionValidatorOptions
{
    /// <summary>The file that diagnostics name.</summary>
    public string File { get; init; } = "program";

    /// <summary>The section that diagnostics name; slot offsets count from its start.</summary>
    public string? Section { get; init; }

    /// <summary>
    /// Says by slot number whether a relocation will fill in the target of a call or function address.
    /// Such targets are not checked. None by default: the program is taken as linked.
    /// </summary>
    public Func<int, bool>? IsRelocated { get; init; }
}
