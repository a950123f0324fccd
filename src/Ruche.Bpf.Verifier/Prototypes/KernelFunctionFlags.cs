// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>What the kernel says about a kfunc: its <c>KF_</c> flags.</summary>
[Flags]
public enum KernelFunctionFlags : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The result carries a reference that must be released.</summary>
    Acquire = 1 << 0,

    /// <summary>It takes the reference of an argument over. Its arguments must be trusted too.</summary>
    Release = 1 << 1,

    /// <summary>The result may be null.</summary>
    ReturnsNull = 1 << 2,

    /// <summary>Pointers to objects of the kernel must be trusted, or carry a reference.</summary>
    TrustedArguments = 1 << 3,

    /// <summary>They must be trusted, or valid in the RCU read section the program is in; none may be null.</summary>
    RcuArguments = 1 << 4,

    /// <summary>It may sleep: only sleepable programs may call it.</summary>
    Sleepable = 1 << 5,

    /// <summary>It may bring the machine down: loading takes CAP_SYS_BOOT.</summary>
    Destructive = 1 << 6,

    /// <summary>It may only be called in an RCU read section, and so may the iterator's other functions.</summary>
    RcuProtected = 1 << 7,

    /// <summary>It begins an iteration.</summary>
    IteratorNew = 1 << 8,

    /// <summary>It gives the next element of an iteration.</summary>
    IteratorNext = 1 << 9,

    /// <summary>It ends an iteration.</summary>
    IteratorDestroy = 1 << 10,

    /// <summary>The calling sequence keeps R1 to R5 where it can.</summary>
    Fastcall = 1 << 11,

    /// <summary>It returns a pointer into the program's arena.</summary>
    ReturnsArena = 1 << 12,

    /// <summary>The second argument is a pointer into the program's arena.</summary>
    ArenaSecond = 1 << 13,
}
