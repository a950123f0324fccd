// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Unwinding;

/// <summary>How much room there is for what stacks are unwound with.</summary>
internal sealed record UnwindRoom
{
    /// <summary>How many rows lie in one value of their map: a power of two, and no more than 4 MB, which is the most that Linux 5.10 allows.</summary>
    public int RowsOfPart { get; init; } = 1 << 19;

    /// <summary>How many such values there are.</summary>
    public int Parts { get; init; } = 2;

    /// <summary>How many processes there is room for, one of them stands for those that are not known.</summary>
    public int Processes { get; init; } = 256;

    /// <summary>How many ranges of a process there is room for: a power of two.</summary>
    public int Mappings { get; init; } = 128;

    /// <summary>How many rows there is room for.</summary>
    public int Rows => RowsOfPart * Parts;
}
