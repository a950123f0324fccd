// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Unwinding;

/// <summary>How the address just above a frame's return address (the canonical frame address, CFA) is found.</summary>
internal enum CfaKind
{
    /// <summary>Nothing is known about the code, or it is found in a way that rows do not express.</summary>
    Unknown,

    /// <summary>Nobody called this code: the stack ends here.</summary>
    End,

    /// <summary>At a distance from the stack pointer.</summary>
    Stack,

    /// <summary>At a distance from the frame pointer.</summary>
    Frame,

    /// <summary>Stored at a distance from the frame pointer, by functions that align their stack.</summary>
    StoredAtFrame,

    /// <summary>8 above the stack pointer, or 16 when the last four bits of the place are the offset or more: a stub of the linker.</summary>
    Stub,

    /// <summary>The code that returns from a signal: the stack pointer, frame pointer and place are in the record of the signal.</summary>
    Signal,
}
