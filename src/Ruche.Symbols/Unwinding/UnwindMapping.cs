// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Unwinding;

/// <summary>A range of a process's memory that holds code, and how its frames are left.</summary>
/// <param name="Start">Its first address.</param>
/// <param name="End">The first address after it.</param>
/// <param name="Bias">What is added to an address of the process to have it as the file's own tables count it; it may wrap around.</param>
/// <param name="Table">The file's rows; the same object for all processes that have the file mapped.</param>
public sealed record UnwindMapping(ulong Start, ulong End, ulong Bias, UnwindTable Table);
