// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Dwarf;

/// <summary>A value as it stands: a number (of a text or reference its place), and in which form. Text within the entry has its place in the section.</summary>
internal readonly record struct DwarfValue(DwarfForm Form, ulong Number)
{
    public long Signed => Form switch
    {
        DwarfForm.Data1 => (sbyte)Number,
        DwarfForm.Data2 => (short)Number,
        DwarfForm.Data4 => (int)Number,
        _ => (long)Number,
    };
}
