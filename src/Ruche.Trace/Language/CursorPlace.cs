// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Language;

/// <summary>What kind of text a place of a script is in.</summary>
internal enum CursorPlace
{
    /// <summary>In a comment, a string, a number or C, where nothing of the language can be written.</summary>
    Nowhere,

    /// <summary>Where a declaration may begin, or in an attach point.</summary>
    AttachPoint,

    /// <summary>In a predicate, a block or the head of a declaration.</summary>
    Code,
}
