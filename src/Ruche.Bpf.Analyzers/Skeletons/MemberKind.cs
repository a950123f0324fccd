// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Analyzers.Skeletons;

/// <summary>What a member of an object is.</summary>
internal enum MemberKind
{
    /// <summary>A map, as a view of it.</summary>
    Map,

    /// <summary>A map that nothing more is known of.</summary>
    PlainMap,

    /// <summary>A ring buffer.</summary>
    RingBuffer,

    /// <summary>A program.</summary>
    Program,

    /// <summary>A global variable.</summary>
    Variable,
}
