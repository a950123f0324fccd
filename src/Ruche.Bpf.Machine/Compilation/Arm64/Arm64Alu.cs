// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>Sums and differences, under the numbers of their encoding.</summary>
internal enum Arm64Alu : byte
{
    Add = 0,

    /// <summary>Sets the flags.</summary>
    AddFlags = 1,

    Sub = 2,

    /// <summary>Sets the flags.</summary>
    SubFlags = 3,
}
