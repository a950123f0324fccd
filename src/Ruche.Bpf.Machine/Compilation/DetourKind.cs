// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation;

/// <summary>What seldom happens.</summary>
internal enum DetourKind : byte
{
    /// <summary>An access outside of the region found last.</summary>
    Find,

    /// <summary>An atomic access that is not aligned.</summary>
    Misaligned,

    /// <summary>The budget is spent.</summary>
    Spent,

    /// <summary>One function too many.</summary>
    TooDeep,

    /// <summary>A key that no array has.</summary>
    NoElement,

    /// <summary>A bucket of a hash table whose first element has another key, or may have.</summary>
    Walk,

    /// <summary>A division by zero.</summary>
    ByZero,

    /// <summary>A signed division by minus one, at which the processor traps where the quotient does not fit.</summary>
    ByMinusOne,
}
