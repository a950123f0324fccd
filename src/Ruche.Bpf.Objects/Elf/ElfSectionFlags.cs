// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>Properties of a section: <c>sh_flags</c>.</summary>
[Flags]
public enum ElfSectionFlags : ulong
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Writable at run time.</summary>
    Write = 1,

    /// <summary>Takes memory at run time.</summary>
    Allocate = 2,

    /// <summary>Holds code.</summary>
    Execute = 4,

    /// <summary>Equal entries may be merged.</summary>
    Merge = 0x10,

    /// <summary>Holds zero-terminated strings.</summary>
    Strings = 0x20,

    /// <summary>The info field is a section index.</summary>
    InfoLink = 0x40,

    /// <summary>The contents are compressed.</summary>
    Compressed = 0x800,
}
