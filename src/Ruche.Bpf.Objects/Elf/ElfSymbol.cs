// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>One symbol.</summary>
/// <param name="Name">Its name; sections have none.</param>
/// <param name="Value">In relocatable objects an offset in its section, otherwise an address.</param>
/// <param name="Size">How many bytes it covers; 0 when unknown.</param>
/// <param name="Type">What it stands for.</param>
/// <param name="Binding">Who can see it when linking.</param>
/// <param name="Visibility">Whether it leaves the linked result.</param>
/// <param name="Section">The section it is in: 0 when undefined, <see cref="Absolute"/> or <see cref="Common"/>.</param>
public sealed record ElfSymbol(
    string Name,
    ulong Value,
    ulong Size,
    ElfSymbolType Type,
    ElfSymbolBinding Binding,
    ElfSymbolVisibility Visibility,
    int Section)
{
    /// <summary>The <see cref="Section"/> of a symbol whose value is no address.</summary>
    public const int Absolute = -1;

    /// <summary>The <see cref="Section"/> of a symbol that the linker must place.</summary>
    public const int Common = -2;

    /// <summary>Whether something else defines it.</summary>
    public bool IsUndefined => Section == 0;

    /// <summary>Whether it cannot be seen outside its object.</summary>
    public bool IsLocal => Binding is ElfSymbolBinding.Local;
}
