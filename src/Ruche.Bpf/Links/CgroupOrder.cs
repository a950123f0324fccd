// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>Which cgroups an iterator visits, and in what order.</summary>
public enum CgroupOrder
{
    /// <summary>The one it starts from.</summary>
    Itself = 1,

    /// <summary>It and all below, parents before their children.</summary>
    Descendants = 2,

    /// <summary>It and all below, children before their parents.</summary>
    DescendantsFirst = 3,

    /// <summary>It and all above.</summary>
    Ancestors = 4,
}
