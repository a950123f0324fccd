// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.States;

/// <summary>A decision on the way to a state; the earlier ones follow.</summary>
/// <param name="Slot">The jump or call.</param>
/// <param name="Taken">Whether the jump was taken.</param>
/// <param name="Before">The decision before.</param>
internal sealed record PathStep(int Slot, bool Taken, PathStep? Before);
