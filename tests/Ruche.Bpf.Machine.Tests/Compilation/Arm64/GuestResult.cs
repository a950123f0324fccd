// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Faults;

namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>What a run under emulation came to.</summary>
/// <param name="Value">R0.</param>
/// <param name="Fault">Why it was stopped; null when it was not.</param>
/// <param name="Slot">Where.</param>
/// <param name="Offset">How far from the start of its memory the address was, of a bad or misaligned access.</param>
/// <param name="IsDamaged">Whether anything changed that is not the program's: memory around its own, or registers of whoever called it.</param>
/// <param name="Searches">How often the runtime was asked for a region.</param>
/// <param name="Memory">What R1 pointed at, afterwards.</param>
internal sealed record GuestResult(ulong Value, FaultKind? Fault, int Slot, ulong Offset, bool IsDamaged, int Searches, byte[] Memory);
