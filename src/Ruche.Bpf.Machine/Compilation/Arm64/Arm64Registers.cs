// SPDX-License-Identifier: MIT
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Register;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>
/// Where the registers of a program live: as the kernel has them, so that R6 to R9 survive calls, and R1 and R2 are where a plain function
/// has its arguments. X9 to X13 are for the moment.
/// </summary>
internal static class Arm64Registers
{
    /// <summary>The run's <see cref="RunState"/>.</summary>
    public const Arm64Register State = X23;

    /// <summary>In checked code, the instructions that may still run.</summary>
    public const Arm64Register Budget = X24;

    /// <summary>The program's R0.</summary>
    public const Arm64Register Result = X7;

    /// <summary>The program's R10.</summary>
    public const Arm64Register Frame = X25;

    private static readonly Arm64Register[] Hosts = [Result, X0, X1, X2, X3, X4, X19, X20, X21, X22, Frame];

    /// <summary>The register that a register of the program lives in.</summary>
    public static Arm64Register Host(int register) => Hosts[register];
}
