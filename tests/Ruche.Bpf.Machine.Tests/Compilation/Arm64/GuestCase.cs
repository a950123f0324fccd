// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>Machine code to run under emulation, and what it runs with.</summary>
/// <param name="Code">The code.</param>
/// <param name="Callback">Where functions whose address is taken are called, from its beginning.</param>
/// <param name="IsDirect">Whether it is a plain function of two arguments.</param>
/// <param name="StackInUse">How much of the stack the program sees.</param>
/// <param name="Budget">How many instructions may run.</param>
/// <param name="Memory">What R1 points at.</param>
internal sealed record GuestCase(byte[] Code, int Callback, bool IsDirect, int StackInUse, long Budget, byte[] Memory)
{
    /// <summary>Whether that may only be read.</summary>
    public bool IsReadOnly { get; init; }
}
