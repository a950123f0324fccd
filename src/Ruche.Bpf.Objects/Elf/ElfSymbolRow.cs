// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>One symbol as it lies in its table.</summary>
/// <param name="Name">Where its name starts in the table's strings.</param>
/// <param name="Value">In relocatable objects an offset in its section, otherwise an address.</param>
/// <param name="Size">How many bytes it covers; 0 when unknown.</param>
/// <param name="Type">What it stands for.</param>
/// <param name="Binding">Who can see it when linking.</param>
/// <param name="Section">The section it is in: 0 when undefined, otherwise as the file numbers it, reserved numbers included.</param>
public readonly record struct ElfSymbolRow(
    uint Name, ulong Value, ulong Size, ElfSymbolType Type, ElfSymbolBinding Binding, ushort Section);
