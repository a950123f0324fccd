// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Shifts by a constant, under the numbers of their encoding.</summary>
internal enum X64Shift : byte
{
    RotateLeft = 0,
    Left = 4,
    Right = 5,
    ArithmeticRight = 7,
}
