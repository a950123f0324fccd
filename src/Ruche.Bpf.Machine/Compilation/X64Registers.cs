// SPDX-License-Identifier: MIT
using static Ruche.Bpf.Machine.Compilation.X64Register;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>
/// Where the registers of a program live: as the kernel has them, so that arguments of helpers are where a call wants them and R6 to R9
/// survive calls. R10 and R11 are for the moment.
/// </summary>
internal static class X64Registers
{
    /// <summary>The run's <see cref="RunState"/>.</summary>
    public const X64Register State = R12;

    /// <summary>In checked code, the instructions that may still run.</summary>
    public const X64Register Budget = R9;

    private static readonly X64Register[] Hosts = [Rax, Rdi, Rsi, Rdx, Rcx, R8, Rbx, R13, R14, R15, Rbp];

    /// <summary>The register that a register of the program lives in.</summary>
    public static X64Register Host(int register) => Hosts[register];
}
