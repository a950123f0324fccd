// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Programs;

/// <summary>What the kernel kept to relate a program's code to its source. Type and string offsets count in the program's BTF.</summary>
public sealed record ProgramDebugInfo
{
    /// <summary>Where functions start in the verified code.</summary>
    public ImmutableArray<FuncInfo> Functions { get; init; } = [];

    /// <summary>Which line each part of the verified code came from.</summary>
    public ImmutableArray<LineInfo> Lines { get; init; } = [];

    /// <summary>The kernel address of each line's machine code, one for each of <see cref="Lines"/>; empty when it may not be seen.</summary>
    public ImmutableArray<ulong> JitedLines { get; init; } = [];

    /// <summary>The kernel address of each function's machine code; empty when it may not be seen.</summary>
    public ImmutableArray<ulong> JitedAddresses { get; init; } = [];

    /// <summary>Bytes of each function's machine code.</summary>
    public ImmutableArray<uint> JitedLengths { get; init; } = [];
}
