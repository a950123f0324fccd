// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>Memory that the processor watches for accesses (a hardware breakpoint).</summary>
/// <param name="Address">Where it begins.</param>
/// <param name="Length">Its bytes: 1, 2, 4 or 8.</param>
/// <param name="Accesses">Which accesses count.</param>
public sealed record MemoryWatch(ulong Address, int Length, MemoryAccess Accesses);
