// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>What else a helper says about an argument.</summary>
[Flags]
public enum ArgumentFlags : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It may be null.</summary>
    MayBeNull = 1 << 0,

    /// <summary>The helper writes the memory, which need not be initialized before.</summary>
    Uninitialized = 1 << 1,

    /// <summary>The helper writes the memory (initialized or not as <see cref="Uninitialized"/> says).</summary>
    Writes = 1 << 2,

    /// <summary>The helper takes the reference over.</summary>
    Releases = 1 << 3,

    /// <summary>The memory must be aligned to its size.</summary>
    Aligned = 1 << 4,

    /// <summary>The dynptr must be of the kind that <see cref="HelperArgument.TypeName"/> says.</summary>
    OfKind = 1 << 5,
}
