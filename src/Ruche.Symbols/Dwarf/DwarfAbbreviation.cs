// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Dwarf;

/// <summary>The form that entries of a number have: what they describe, and which attributes they have, each in which form.</summary>
internal sealed record DwarfAbbreviation(DwarfTag Tag, bool HasChildren, (DwarfAttribute Attribute, DwarfForm Form, long Implicit)[] Attributes)
{
    /// <summary>The forms of a unit, by their numbers.</summary>
    /// <exception cref="InvalidDataException">The section ends too early.</exception>
    public static Dictionary<ulong, DwarfAbbreviation> ReadAll(ReadOnlySpan<byte> section, ulong start)
    {
        Dictionary<ulong, DwarfAbbreviation> all = [];
        DwarfCursor from = new(section, checked((long)Math.Min(start, long.MaxValue)));
        while (from.Uleb() is var number and not 0)
        {
            var tag = (DwarfTag)from.Uleb();
            bool hasChildren = from.U8() != 0;
            List<(DwarfAttribute, DwarfForm, long)> attributes = [];
            while (true)
            {
                ulong attribute = from.Uleb(), form = from.Uleb();
                if (attribute == 0 && form == 0) break;
                attributes.Add(((DwarfAttribute)attribute, (DwarfForm)form, (DwarfForm)form is DwarfForm.ImplicitConstant ? from.Sleb() : 0));
            }

            all.TryAdd(number, new(tag, hasChildren, [.. attributes]));
        }

        return all;
    }
}
