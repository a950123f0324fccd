// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Cli.Bpf.Code;

/// <summary>Code to print, and what is known about where it came from.</summary>
/// <param name="Instructions">The code.</param>
/// <param name="Lines">Which line each part came from.</param>
/// <param name="Functions">The name of the function that starts at a slot.</param>
/// <param name="Types">The types whose strings hold the files and lines; null when there are none.</param>
internal sealed record CodeSource(
    ImmutableArray<Instruction> Instructions,
    ImmutableArray<LineInfo> Lines,
    IReadOnlyDictionary<int, string> Functions,
    BtfSpec? Types)
{
    /// <summary>Names what the instruction at a slot refers to; null when nothing is known.</summary>
    public Func<int, string?>? Symbol { get; init; }

    /// <summary>Whether maps are given by their ids, as in verified code, rather than by descriptors.</summary>
    public bool MapsAreIds { get; init; }

    /// <summary>Code of which nothing else is known.</summary>
    public static CodeSource Bare(ImmutableArray<Instruction> instructions) => new(instructions, [], new Dictionary<int, string>(), null);
}
