// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>What the system gives numbers to, and texts for them.</summary>
internal enum CodeKind
{
    /// <summary>What a system call failed with.</summary>
    Error,

    Signal,

    /// <summary>A system call.</summary>
    Syscall,
}
