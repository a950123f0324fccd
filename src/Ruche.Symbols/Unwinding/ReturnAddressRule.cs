// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Unwinding;

/// <summary>Where the return address of a frame is.</summary>
internal enum ReturnAddressRule
{
    /// <summary>Nowhere: nobody called.</summary>
    None,

    /// <summary>8 below the CFA, where a call puts it.</summary>
    BelowCfa,

    /// <summary>Somewhere that rows do not express.</summary>
    Strange,
}
