// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.States;

/// <summary>Something the program has taken and must give back.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its number, which the pointers to it carry.</param>
/// <param name="Slot">The instruction that took it.</param>
/// <param name="Holder">Of a lock: the map or object it lies in.</param>
internal sealed record AcquiredReference(ReferenceKind Kind, int Id, int Slot, object? Holder = null);
