// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Verifier.Values;

/// <summary>A type in a set of types: the kernel's, or the program's own.</summary>
/// <param name="Types">The set.</param>
/// <param name="Id">The type, without modifiers and typedefs.</param>
internal readonly record struct TypeReference(BtfSpec Types, int Id)
{
    /// <summary>Whether this names a type at all.</summary>
    public bool IsKnown => Types is not null;

    /// <summary>The type's name.</summary>
    public string Name => Types is null ? "" : Types.NameOf(Id);
}
