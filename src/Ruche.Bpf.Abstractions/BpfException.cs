// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf;

/// <summary>
/// The kernel refused an operation. Says what was tried, the error number, and what to do about it when that is known.
/// </summary>
/// <param name="operation">What was tried, in words: <c>create map 'counts'</c>.</param>
/// <param name="errno">The kernel's answer.</param>
/// <param name="hint">The way out in plain words; null when none is known.</param>
public class BpfException(string operation, Errno errno, string? hint = null)
    : IOException(Describe(operation, errno, hint), (int)errno)
{
    /// <summary>What was tried.</summary>
    public string Operation { get; } = operation;

    /// <summary>The kernel's answer.</summary>
    public Errno Errno { get; } = errno;

    /// <summary>The way out in plain words; null when none is known.</summary>
    public string? Hint { get; } = hint;

    private static string Describe(string operation, Errno errno, string? hint) => hint is null
        ? $"{operation}: {errno} ({Marshal.GetPInvokeErrorMessage((int)errno).ToLowerInvariant()})"
        : $"{operation}: {errno}; {hint}";
}
