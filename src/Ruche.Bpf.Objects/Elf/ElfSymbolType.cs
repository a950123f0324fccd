// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>What a symbol stands for.</summary>
public enum ElfSymbolType : byte
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>A variable.</summary>
    Object = 1,

    /// <summary>A function.</summary>
    Function = 2,

    /// <summary>A section.</summary>
    Section = 3,

    /// <summary>A source file.</summary>
    File = 4,

    /// <summary>A common block.</summary>
    Common = 5,

    /// <summary>A thread-local variable.</summary>
    ThreadLocal = 6,

    /// <summary>A function that chooses its implementation at run time.</summary>
    IndirectFunction = 10,
}
