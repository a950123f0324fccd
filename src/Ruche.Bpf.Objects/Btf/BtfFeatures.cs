// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>What a kernel's BTF check may or may not know. Found out by asking the kernel.</summary>
[Flags]
public enum BtfFeatures
{
    /// <summary>The kinds of the first BTF (Linux 4.18).</summary>
    None = 0,

    /// <summary>Functions and their prototypes (Linux 5.0).</summary>
    Functions = 1 << 0,

    /// <summary>Variables and data sections (Linux 5.2).</summary>
    DataSections = 1 << 1,

    /// <summary>Functions marked as global (Linux 5.6).</summary>
    GlobalFunctions = 1 << 2,

    /// <summary>Floating-point types (Linux 5.13).</summary>
    Floats = 1 << 3,

    /// <summary>Tags on declarations (Linux 5.16).</summary>
    DeclTags = 1 << 4,

    /// <summary>Tags on types (Linux 5.17).</summary>
    TypeTags = 1 << 5,

    /// <summary>Enumerations that are signed or have 64 bits (Linux 6.0).</summary>
    Enum64 = 1 << 6,

    /// <summary>Data section names that start with a question mark (Linux 6.9).</summary>
    QuestionMarkSections = 1 << 7,

    /// <summary>Everything.</summary>
    All = (1 << 8) - 1,
}
