// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Makes exceptions of error numbers, with the hint that fits.</summary>
internal static class Failure
{
    /// <summary>The error number of this thread's last failed call.</summary>
    public static Errno LastErrno => (Errno)Marshal.GetLastPInvokeError();

    /// <summary>An exception for this thread's last failed call that was not bpf(2).</summary>
    public static BpfException Last(string operation) => Of(operation, LastErrno);

    /// <summary>An exception for a failed call that was not bpf(2).</summary>
    public static BpfException Of(string operation, Errno errno) => new(operation, errno, Hints.For(errno));

    /// <summary>An exception for a failed bpf(2).</summary>
    public static BpfException Of(string operation, BpfCommand command, Errno errno) => new(operation, errno, Hints.For(command, errno));

    /// <summary>Throws <see cref="Of(string, BpfCommand, Errno)"/>; keeps hot paths small.</summary>
    [DoesNotReturn]
    public static void Throw(string operation, BpfCommand command, Errno errno) => throw Of(operation, command, errno);
}
