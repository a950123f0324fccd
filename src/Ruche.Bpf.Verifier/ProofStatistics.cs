// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier;

/// <summary>What a proof cost.</summary>
/// <param name="Processed">How many instructions were looked at, each as often as it was. The kernel stops at one million.</param>
/// <param name="States">How many states were remembered.</param>
/// <param name="PeakPending">The most paths that waited at once.</param>
/// <param name="StackDepth">Bytes of stack of the deepest chain of calls.</param>
public readonly record struct ProofStatistics(int Processed, int States, int PeakPending, int StackDepth);
