// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Values;

/// <summary>The texts for numbers of the system, as strerror(3) and strsignal(3) have them.</summary>
internal static class SystemTexts
{
    private static readonly string[] Signals =
    [
        "Hangup", "Interrupt", "Quit", "Illegal instruction", "Trace/breakpoint trap", "Aborted", "Bus error", "Floating point exception", "Killed",
        "User defined signal 1", "Segmentation fault", "User defined signal 2", "Broken pipe", "Alarm clock", "Terminated", "Stack fault", "Child exited",
        "Continued", "Stopped (signal)", "Stopped", "Stopped (tty input)", "Stopped (tty output)", "Urgent I/O condition", "CPU time limit exceeded",
        "File size limit exceeded", "Virtual timer expired", "Profiling timer expired", "Window changed", "I/O possible", "Power failure", "Bad system call",
    ];

    public static string Of(CodeKind kind, long number) => kind switch
    {
        CodeKind.Error => Marshal.GetPInvokeErrorMessage((int)number),
        CodeKind.Signal => number >= 1 && number <= Signals.Length ? Signals[number - 1] : $"Unknown signal {number}",
        _ => SyscallNames.Find((ulong)number) ?? $"sys_{number}",
    };
}
