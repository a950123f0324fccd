// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs;

/// <summary>Whether a section name goes on to say what to attach to.</summary>
public enum SectionTarget
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>It may, after a slash.</summary>
    Optional,
}
