// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>Whether a symbol leaves the linked result.</summary>
public enum ElfSymbolVisibility : byte
{
    /// <summary>As its binding says.</summary>
    Default = 0,

    /// <summary>Processor-specific hiding.</summary>
    Internal = 1,

    /// <summary>Not visible outside the linked result.</summary>
    Hidden = 2,

    /// <summary>Visible, but not replaceable.</summary>
    Protected = 3,
}
