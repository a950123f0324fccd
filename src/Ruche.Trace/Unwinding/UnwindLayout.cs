// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Unwinding;

/// <summary>The maps that stacks are unwound with, and how their values lie.</summary>
internal static class UnwindLayout
{
    /// <summary>The rows of all files, those of one file after another.</summary>
    public const string Rows = "unwind_rows";

    /// <summary>What each process has mapped.</summary>
    public const string Processes = "unwind_tasks";

    /// <summary>Where each program is in a stack, on each CPU.</summary>
    public const string States = "unwind_states";

    /// <summary>How many times code was met that is in no range.</summary>
    public const int Missed = 8;

    /// <summary>Where the ranges of a process begin, in the order of their addresses; how many there are stands before all.</summary>
    public const int Mappings = 16;

    /// <summary>The size of a range, to shift by: start, end, bias, and the first row and how many there are in half a word each.</summary>
    public const int MappingShift = 5;

    /// <summary>Where a range that is not used begins and ends: behind all code, so that those before it are found by halves.</summary>
    public const ulong Unused = long.MaxValue;

    /// <summary>Where a state's stack pointer is; the place is before it.</summary>
    public const int Stack = 8;

    /// <summary>Where a state's frame pointer is.</summary>
    public const int Frame = 16;

    /// <summary>How many addresses were found.</summary>
    public const int Count = 24;

    /// <summary>What the addresses come to.</summary>
    public const int Hash = 32;

    /// <summary>Where the addresses begin.</summary>
    public const int Addresses = 40;

    /// <summary>The size of what is known of a process.</summary>
    public static int ProcessSize(int mappings) => Mappings + (mappings << MappingShift);

    /// <summary>How many ranges there is room for in a value of a size.</summary>
    public static int MappingsIn(int processSize) => (processSize - Mappings) >> MappingShift;
}
