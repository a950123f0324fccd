// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>A variable of a program or library.</summary>
/// <param name="Address">Where it is when the file is mapped as it says; elsewhere it is as far from there as everything else.</param>
/// <param name="Size">How many bytes it has; 0 when the file does not say.</param>
/// <param name="IsFixed">Whether the file is always mapped as it says.</param>
public sealed record UserVariable(ulong Address, ulong Size, bool IsFixed);
