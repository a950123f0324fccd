// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs;

/// <summary>Whether a map is shared through the BPF file system.</summary>
public enum MapPinning
{
    /// <summary>The map belongs to its object alone.</summary>
    None = 0,

    /// <summary>The map is pinned under its name, and an existing pin of that name is reused.</summary>
    ByName = 1,
}
