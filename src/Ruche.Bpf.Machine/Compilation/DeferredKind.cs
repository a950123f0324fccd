// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation;

/// <summary>What a <see cref="DeferredValue"/> is.</summary>
internal enum DeferredKind : byte
{
    /// <summary>Nothing is deferred.</summary>
    None,

    /// <summary>A sum.</summary>
    Sum,

    /// <summary>Bytes of memory.</summary>
    Bytes,
}
