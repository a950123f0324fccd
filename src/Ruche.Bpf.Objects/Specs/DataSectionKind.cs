// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs;

/// <summary>Which kind of data section a map holds.</summary>
public enum DataSectionKind
{
    /// <summary>Not a data section.</summary>
    None,

    /// <summary><c>.data</c> and <c>.data.*</c>: writable globals.</summary>
    Data,

    /// <summary><c>.bss</c> and <c>.bss.*</c>: writable globals that start as zero.</summary>
    Bss,

    /// <summary><c>.rodata</c> and <c>.rodata.*</c>: constants, frozen at load.</summary>
    ReadOnlyData,

    /// <summary>Values of <c>__kconfig</c> externs, frozen at load.</summary>
    Kconfig,
}
