// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Dwarf;

/// <summary>One entry of a unit: what it describes, and its attributes.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Offset">Where it stands in the section.</param>
/// <param name="Next">Where what follows it stands: its first child when it has any.</param>
/// <param name="Form">Its form.</param>
/// <param name="Values">The values of the form's attributes.</param>
internal sealed record DwarfEntry(DwarfUnit Unit, int Offset, int Next, DwarfAbbreviation Form, DwarfValue[] Values)
{
    public DwarfTag Tag => Form.Tag;

    public string Name => Text(DwarfAttribute.Name) ?? "";

    public DwarfValue? Find(DwarfAttribute attribute)
    {
        for (int i = 0; i < Values.Length; i++)
        {
            if (Form.Attributes[i].Attribute == attribute) return Values[i];
        }

        return null;
    }

    public bool Has(DwarfAttribute attribute) => Find(attribute) is not null;

    public ulong? Number(DwarfAttribute attribute) => Find(attribute)?.Number;

    public string? Text(DwarfAttribute attribute) => Find(attribute) is { } value ? Unit.TextOf(value) : null;

    public ulong? Address(DwarfAttribute attribute) => Find(attribute) is { } value ? Unit.AddressOf(value) : null;

    /// <summary>Where the entry stands that an attribute refers to; null when it has none, or one of another file.</summary>
    public int? Reference(DwarfAttribute attribute) => Find(attribute) is { } value ? Unit.ReferenceOf(value) : null;
}
