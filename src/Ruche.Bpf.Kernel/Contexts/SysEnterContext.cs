// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>The record of the trace point <c>raw_syscalls:sys_enter</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct SysEnterContext
{
    private readonly ulong _common;
    private readonly long _number;
    private readonly Words _arguments;

    /// <summary>The system call's number.</summary>
    public long Number => _number;

    /// <summary>One of its six arguments.</summary>
    public ulong Argument(int index) => _arguments[index];

    [InlineArray(6)]
    private struct Words
    {
        private ulong _first;
    }
}
