// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.States;

/// <summary>What a program takes and gives back.</summary>
internal enum ReferenceKind : byte
{
    /// <summary>An object: a socket, a record of a ring buffer, an iterator …</summary>
    Object,

    /// <summary>A spin lock.</summary>
    SpinLock,

    /// <summary>A resilient spin lock.</summary>
    ResilientLock,

    /// <summary>A resilient spin lock with interrupts off.</summary>
    ResilientLockInterruptsOff,

    /// <summary>Saved interrupt flags.</summary>
    InterruptFlags,
}
