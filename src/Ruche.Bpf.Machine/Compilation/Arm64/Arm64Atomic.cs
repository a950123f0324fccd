// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>What an atomic instruction does to memory, under the numbers of their encoding.</summary>
internal enum Arm64Atomic : byte
{
    Add = 0,

    /// <summary>Clears the bits that are set in the operand.</summary>
    Clear = 1,

    Xor = 2,
    Or = 3,
    Exchange = 8,
}
