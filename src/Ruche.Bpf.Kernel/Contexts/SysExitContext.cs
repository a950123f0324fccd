// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>The record of the trace point <c>raw_syscalls:sys_exit</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct SysExitContext
{
    private readonly ulong _common;

    /// <summary>The system call's number.</summary>
    public readonly long Number;

    /// <summary>What it returns.</summary>
    public readonly long ReturnValue;
}
