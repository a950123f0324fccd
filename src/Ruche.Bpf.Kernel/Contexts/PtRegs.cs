// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>The registers of an x86-64 CPU at a probe: <c>struct pt_regs</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct PtRegs
{
    /// <summary>The register <c>r15</c>.</summary>
    public readonly ulong R15;

    /// <summary>The register <c>r14</c>.</summary>
    public readonly ulong R14;

    /// <summary>The register <c>r13</c>.</summary>
    public readonly ulong R13;

    /// <summary>The register <c>r12</c>.</summary>
    public readonly ulong R12;

    /// <summary>The register <c>rbp</c>.</summary>
    public readonly ulong Bp;

    /// <summary>The register <c>rbx</c>.</summary>
    public readonly ulong Bx;

    /// <summary>The register <c>r11</c>.</summary>
    public readonly ulong R11;

    /// <summary>The register <c>r10</c>.</summary>
    public readonly ulong R10;

    /// <summary>The register <c>r9</c>.</summary>
    public readonly ulong R9;

    /// <summary>The register <c>r8</c>.</summary>
    public readonly ulong R8;

    /// <summary>The register <c>rax</c>.</summary>
    public readonly ulong Ax;

    /// <summary>The register <c>rcx</c>.</summary>
    public readonly ulong Cx;

    /// <summary>The register <c>rdx</c>.</summary>
    public readonly ulong Dx;

    /// <summary>The register <c>rsi</c>.</summary>
    public readonly ulong Si;

    /// <summary>The register <c>rdi</c>.</summary>
    public readonly ulong Di;

    /// <summary>The number of the system call.</summary>
    public readonly ulong OriginalAx;

    /// <summary>Where the code is.</summary>
    public readonly ulong InstructionPointer;

    /// <summary>The code's segment.</summary>
    public readonly ulong CodeSegment;

    /// <summary>The flags.</summary>
    public readonly ulong Flags;

    /// <summary>Where the stack is.</summary>
    public readonly ulong StackPointer;

    /// <summary>The stack's segment.</summary>
    public readonly ulong StackSegment;

    /// <summary>What the function returns, where it does.</summary>
    public ulong ReturnValue => Ax;

    /// <summary>An argument of the function, where it begins: the first six, counted from 0.</summary>
    public ulong Argument(int index) => index switch
    {
        0 => Di,
        1 => Si,
        2 => Dx,
        3 => Cx,
        4 => R8,
        _ => R9,
    };

    /// <summary>The registers in which a system call got its arguments, at the beginning of the system call's own function.</summary>
    public KernelPointer<PtRegs> SystemCall => new(Di);

    /// <summary>An argument of a system call, of six counted from 0, in its registers.</summary>
    public ulong SystemCallArgument(int index) => index == 3 ? R10 : Argument(index);
}
