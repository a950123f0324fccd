// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Values;

/// <summary>What else is known about a pointer.</summary>
[Flags]
public enum ValueFlags : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It may be null.</summary>
    MayBeNull = 1 << 0,

    /// <summary>What it points to may only be read.</summary>
    ReadOnly = 1 << 1,

    /// <summary>A record reserved in a ring buffer.</summary>
    RingBuffer = 1 << 2,

    /// <summary>It points into user space.</summary>
    User = 1 << 3,

    /// <summary>It is an offset into per-CPU memory.</summary>
    PerCpu = 1 << 4,

    /// <summary>The kernel vouches for it: it is valid and has been taken from nowhere untrusted.</summary>
    Trusted = 1 << 5,

    /// <summary>It may be stale: it can be read, with faults handled, and given to nobody.</summary>
    Untrusted = 1 << 6,

    /// <summary>It is valid while the program is in an RCU read section.</summary>
    Rcu = 1 << 7,

    /// <summary>An object that the program allocated.</summary>
    Allocated = 1 << 8,

    /// <summary>It borrows an object that a collection owns.</summary>
    NonOwning = 1 << 9,

    /// <summary>Uninitialized memory that a callee fills.</summary>
    Uninitialized = 1 << 10,

    /// <summary>A value of no known size that may be null is dynptr memory.</summary>
    DynamicPointerMemory = 1 << 11,
}
