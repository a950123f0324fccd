// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>Operations bit by bit, under the numbers of their encoding.</summary>
internal enum Arm64Logic : byte
{
    And = 0,
    Or = 1,
    Xor = 2,

    /// <summary>Sets the flags.</summary>
    AndFlags = 3,
}
