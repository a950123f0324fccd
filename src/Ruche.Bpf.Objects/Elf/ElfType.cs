// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>What an ELF file is for: <c>e_type</c>.</summary>
public enum ElfType : ushort
{
    /// <summary>Unknown.</summary>
    None = 0,

    /// <summary>A relocatable object, as compilers write.</summary>
    Relocatable = 1,

    /// <summary>An executable at fixed addresses.</summary>
    Executable = 2,

    /// <summary>A shared object or position-independent executable.</summary>
    Shared = 3,

    /// <summary>A core dump.</summary>
    Core = 4,
}
