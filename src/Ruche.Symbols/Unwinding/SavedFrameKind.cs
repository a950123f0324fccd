// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Unwinding;

/// <summary>Where the caller's frame pointer is.</summary>
internal enum SavedFrameKind
{
    /// <summary>Still in the register.</summary>
    Same,

    /// <summary>Stored at a distance from the CFA.</summary>
    AtCfa,

    /// <summary>Stored at a distance from the frame pointer as it is now.</summary>
    AtFrame,
}
