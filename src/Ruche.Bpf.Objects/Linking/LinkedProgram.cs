// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Linking;

/// <summary>
/// A program with every function it reaches appended to it and the calls between them resolved: what the kernel is given,
/// but for maps, kernel symbols and kernel types. Slots count from the start of the program.
/// </summary>
public sealed record LinkedProgram
{
    /// <summary>The program this was made of.</summary>
    public required ProgramSpec Program { get; init; }

    /// <summary>The code.</summary>
    public required ImmutableArray<Instruction> Instructions { get; init; }

    /// <summary>Slots that wait for maps and kernel symbols, in slot order; calls within the program are resolved already.</summary>
    public required ImmutableArray<Reference> References { get; init; }

    /// <summary>Slots that wait for the kernel's types, in slot order.</summary>
    public required ImmutableArray<CoreRelocation> CoreRelocations { get; init; }

    /// <summary>Where each function starts, for the kernel; empty unless every function has a type.</summary>
    public required ImmutableArray<FuncInfo> Functions { get; init; }

    /// <summary>Source lines, in slot order.</summary>
    public required ImmutableArray<LineInfo> Lines { get; init; }
}
