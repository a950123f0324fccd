// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Unwinding;

/// <summary>How a pointer is written: the low four bits say how many bytes, the high ones what it is relative to (DW_EH_PE_*).</summary>
internal enum PointerEncoding
{
    /// <summary>8 bytes, relative to nothing.</summary>
    Absolute = 0x00,

    /// <summary>Groups of seven bits.</summary>
    Unsigned = 0x01,

    /// <summary>2 bytes.</summary>
    U16 = 0x02,

    /// <summary>4 bytes.</summary>
    U32 = 0x03,

    /// <summary>8 bytes.</summary>
    U64 = 0x04,

    /// <summary>Groups of seven bits, with a sign.</summary>
    Signed = 0x09,

    /// <summary>2 bytes with a sign.</summary>
    S16 = 0x0a,

    /// <summary>4 bytes with a sign.</summary>
    S32 = 0x0b,

    /// <summary>8 bytes with a sign.</summary>
    S64 = 0x0c,

    /// <summary>Relative to where the pointer stands.</summary>
    FromHere = 0x10,

    /// <summary>Relative to the start of <c>.eh_frame_hdr</c>.</summary>
    FromHeader = 0x30,

    /// <summary>There is none.</summary>
    None = 0xff,
}
