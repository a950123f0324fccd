// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>Who can see a symbol when linking.</summary>
public enum ElfSymbolBinding : byte
{
    /// <summary>Only its object.</summary>
    Local = 0,

    /// <summary>All objects.</summary>
    Global = 1,

    /// <summary>All objects; another definition wins.</summary>
    Weak = 2,
}
