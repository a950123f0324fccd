// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Code;

/// <summary>An instruction as a run wants it: the meaning settled, the target absolute, the immediate extended.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Destination">The number of the destination register.</param>
/// <param name="Source">The number of the source register.</param>
/// <param name="Target">The slot that a jump or call goes to, the helper's place in the table, or the displacement of a memory access.</param>
/// <param name="Immediate">The immediate, sign-extended; all 64 bits of a wide load.</param>
internal readonly record struct DecodedInstruction(Operation Operation, byte Destination, byte Source, int Target, long Immediate);
