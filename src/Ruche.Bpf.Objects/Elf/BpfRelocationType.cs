// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>The relocation types of eBPF objects.</summary>
public enum BpfRelocationType : uint
{
    /// <summary>Nothing to do.</summary>
    None = 0,

    /// <summary>A wide immediate load.</summary>
    Wide64 = 1,

    /// <summary>Eight bytes of data.</summary>
    Absolute64 = 2,

    /// <summary>Four bytes of data.</summary>
    Absolute32 = 3,

    /// <summary>Four bytes of BTF or BTF.ext.</summary>
    NoDynamic32 = 4,

    /// <summary>A call.</summary>
    Call32 = 10,
}
