// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Allocation;

/// <summary>A copy that goes away when both values get the same register.</summary>
/// <param name="To">What is copied to.</param>
/// <param name="From">What is copied.</param>
/// <param name="LoopDepth">In how many loops it is done.</param>
internal sealed record RegisterCopy(int To, int From, int LoopDepth);
