// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>The general registers of the processor, under their numbers.</summary>
internal enum Arm64Register : byte
{
    X0,
    X1,
    X2,
    X3,
    X4,
    X5,
    X6,
    X7,
    X8,
    X9,
    X10,
    X11,
    X12,
    X13,
    X14,
    X15,
    X16,
    X17,
    X18,
    X19,
    X20,
    X21,
    X22,
    X23,
    X24,
    X25,
    X26,
    X27,
    X28,
    X29,

    /// <summary>Where a call returns to.</summary>
    Link,

    /// <summary>Always zero, where an instruction does not mean <see cref="Stack"/> by that number.</summary>
    Zero,

    /// <summary>The stack pointer: as a base address, and in sums with a constant.</summary>
    Stack = Zero,
}
