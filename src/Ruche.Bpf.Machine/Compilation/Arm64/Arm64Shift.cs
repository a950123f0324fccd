// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>Shifts, under the numbers of their encoding by a register.</summary>
internal enum Arm64Shift : byte
{
    Left = 0,
    Right = 1,
    ArithmeticRight = 2,
}
