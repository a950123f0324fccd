// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Features;

/// <summary>Whether the running kernel can do something.</summary>
public enum Support
{
    /// <summary>It would not say: no privilege, or an unexpected error.</summary>
    Unknown,

    /// <summary>It cannot.</summary>
    No,

    /// <summary>It can.</summary>
    Yes,
}
