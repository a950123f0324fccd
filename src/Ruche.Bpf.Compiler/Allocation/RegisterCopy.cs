// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Allocation;

/// <summary>A copy that goes away when both values get the same register.</summary>
/// <param name="To">What is copied to.</param>
/// <param name="From">What is copied.</param>
/// <param name="Weight">How much it is worth that it goes away.</param>
internal sealed record RegisterCopy(int To, int From, double Weight);
