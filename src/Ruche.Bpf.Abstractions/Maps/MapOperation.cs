// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Maps;

/// <summary>What is done with an entry of a map.</summary>
public enum MapOperation
{
    /// <summary>Its value is read.</summary>
    Lookup,

    /// <summary>A value is stored.</summary>
    Update,

    /// <summary>It is removed.</summary>
    Delete,

    /// <summary>Its value is read and it is removed, in one step.</summary>
    Take,

    /// <summary>The key that follows is found.</summary>
    Walk,
}
