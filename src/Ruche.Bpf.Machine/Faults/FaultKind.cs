// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Faults;

/// <summary>Why a run was stopped.</summary>
public enum FaultKind
{
    /// <summary>An access to memory that the program may not use.</summary>
    BadAccess,

    /// <summary>An atomic access to an address that is not a multiple of its size.</summary>
    Misaligned,

    /// <summary>The program ran longer than its budget.</summary>
    BudgetExceeded,

    /// <summary>Functions called each other more than eight deep.</summary>
    CallsTooDeep,

    /// <summary>A call through a register that holds no function.</summary>
    BadCall,

    /// <summary>A helper failed; the inner exception says how.</summary>
    HelperFailed,
}
