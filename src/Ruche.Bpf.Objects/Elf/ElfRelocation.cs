// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>One relocation.</summary>
/// <param name="Offset">The place to change, from the start of the section.</param>
/// <param name="Type">How to change it; the meaning depends on the machine.</param>
/// <param name="Symbol">The number of the symbol it refers to.</param>
/// <param name="Addend">The addend when the relocation carries it; null when it is in place.</param>
public sealed record ElfRelocation(ulong Offset, uint Type, int Symbol, long? Addend);
