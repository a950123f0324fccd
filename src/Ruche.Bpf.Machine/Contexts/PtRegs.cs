// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>The registers of an x64 processor, <c>struct pt_regs</c>: the context of kprobes and uprobes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct PtRegs
{
    /// <summary>R15.</summary>
    public ulong R15;

    /// <summary>R14.</summary>
    public ulong R14;

    /// <summary>R13.</summary>
    public ulong R13;

    /// <summary>R12.</summary>
    public ulong R12;

    /// <summary>RBP.</summary>
    public ulong Bp;

    /// <summary>RBX.</summary>
    public ulong Bx;

    /// <summary>R11.</summary>
    public ulong R11;

    /// <summary>R10.</summary>
    public ulong R10;

    /// <summary>R9: the sixth argument of a function.</summary>
    public ulong R9;

    /// <summary>R8: the fifth argument of a function.</summary>
    public ulong R8;

    /// <summary>RAX: what a function returns.</summary>
    public ulong Ax;

    /// <summary>RCX: the fourth argument of a function.</summary>
    public ulong Cx;

    /// <summary>RDX: the third argument of a function.</summary>
    public ulong Dx;

    /// <summary>RSI: the second argument of a function.</summary>
    public ulong Si;

    /// <summary>RDI: the first argument of a function.</summary>
    public ulong Di;

    /// <summary>The number of a system call.</summary>
    public ulong OrigAx;

    /// <summary>The instruction.</summary>
    public ulong Ip;

    /// <summary>The code segment.</summary>
    public ulong Cs;

    /// <summary>The flags.</summary>
    public ulong Flags;

    /// <summary>RSP.</summary>
    public ulong Sp;

    /// <summary>The stack segment.</summary>
    public ulong Ss;
}
