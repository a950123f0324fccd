// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>Who can see a function or variable.</summary>
public enum BtfLinkage
{
    /// <summary>Only its own object.</summary>
    Static = 0,

    /// <summary>Every object it is linked with.</summary>
    Global = 1,

    /// <summary>Declared here, defined elsewhere.</summary>
    Extern = 2,
}
