// SPDX-License-Identifier: MIT
using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>
/// Where the registers of a program live: as the kernel has them, so that arguments of helpers are where a call wants them and R6 to R9
/// survive calls. What is left: r9, r10 and r11 for the moment, r12 for the run's state.
/// </summary>
internal static class X64Registers
{
    public static readonly AssemblerRegister64[] Wide = [rax, rdi, rsi, rdx, rcx, r8, rbx, r13, r14, r15, rbp];

    public static readonly AssemblerRegister32[] Narrow = [eax, edi, esi, edx, ecx, r8d, ebx, r13d, r14d, r15d, ebp];

    public static readonly AssemblerRegister16[] Short = [ax, di, si, dx, cx, r8w, bx, r13w, r14w, r15w, bp];

    public static readonly AssemblerRegister8[] Low = [al, dil, sil, dl, cl, r8b, bl, r13b, r14b, r15b, bpl];

    public static AssemblerRegister64 State => r12;
}
