// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Dwarf;

/// <summary>A unit of <c>.debug_info</c>: what one compiler run wrote. Its forms are read when its first entry is.</summary>
internal sealed class DwarfUnit
{
    private const int TypeUnit = 2, SkeletonUnit = 4, SplitUnit = 5, SplitTypeUnit = 6;

    private readonly DwarfSections _sections;
    private readonly ulong _abbreviationsAt;
    private readonly int _addressSize;
    private readonly bool _is64;
    private readonly ushort _version;
    private Dictionary<ulong, DwarfAbbreviation>? _forms;
    private DwarfEntry? _root;

    private DwarfUnit(DwarfSections sections, int start)
    {
        _sections = sections;
        Start = start;
        DwarfCursor from = new(sections.Info.Span, start);
        ulong length = from.Length(out _is64);
        End = (int)Math.Min((ulong)from.Position + Math.Min(length, int.MaxValue), (ulong)sections.Info.Length);
        _version = from.U16();
        IsReadable = _version is 4 or 5;
        if (!IsReadable) return;
        int kind = 1;
        if (_version == 5) (kind, _addressSize) = (from.U8(), from.U8());
        _abbreviationsAt = from.Offset(_is64);
        if (_version == 4) _addressSize = from.U8();
        if (kind is SkeletonUnit or SplitUnit) from.Skip(8);
        if (kind is TypeUnit or SplitTypeUnit) from.Skip(_is64 ? 16u : 12u);
        IsReadable = _addressSize == 8;
        First = from.Position;
    }

    public int Start { get; }

    public int End { get; }

    /// <summary>Whether it is of a version that is known.</summary>
    public bool IsReadable { get; }

    private int First { get; }

    /// <summary>The entry of the whole unit.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public DwarfEntry Root => _root ??= EntryAt(First) ?? throw new InvalidDataException("a unit is empty");

    /// <summary>All units of a section, in their order.</summary>
    /// <exception cref="InvalidDataException">A header ends too early.</exception>
    public static List<DwarfUnit> ReadAll(DwarfSections sections)
    {
        List<DwarfUnit> units = [];
        for (int at = 0; at < sections.Info.Length;)
        {
            DwarfUnit unit = new(sections, at);
            if (unit.IsReadable) units.Add(unit);
            if (unit.End <= at) break;
            at = unit.End;
        }

        return units;
    }

    /// <summary>The entry at a place; null for the mark that ends children.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public DwarfEntry? EntryAt(int offset)
    {
        _forms ??= DwarfAbbreviation.ReadAll(_sections.Abbreviations.Span, _abbreviationsAt);
        DwarfCursor from = new(_sections.Info.Span[..End], offset);
        ulong number = from.Uleb();
        if (number == 0) return null;
        if (!_forms.TryGetValue(number, out var form)) throw new InvalidDataException("an entry has an unknown form");
        var values = new DwarfValue[form.Attributes.Length];
        for (int i = 0; i < values.Length; i++) values[i] = Read(ref from, form.Attributes[i].Form, form.Attributes[i].Implicit);
        return new(this, offset, from.Position, form, values);
    }

    /// <summary>
    /// The entries below one, with their depth, 1 for its children. Those below an entry for which <paramref name="skips"/> holds are left out.
    /// </summary>
    /// <exception cref="InvalidDataException">An entry cannot be read.</exception>
    public IEnumerable<(DwarfEntry Entry, int Depth)> Below(DwarfEntry parent, Func<DwarfEntry, bool>? skips = null)
    {
        if (!parent.Form.HasChildren) yield break;
        int depth = 1, hidden = int.MaxValue;
        for (int at = parent.Next; at < End && depth > 0;)
        {
            if (EntryAt(at) is not { } entry)
            {
                at++;
                depth--;
                if (depth <= hidden) hidden = int.MaxValue;
                continue;
            }

            if (depth <= hidden) yield return (entry, depth);
            at = entry.Next;
            if (!entry.Form.HasChildren) continue;
            if (depth < hidden && skips?.Invoke(entry) == true)
            {
                if (entry.Reference(DwarfAttribute.Sibling) is { } sibling && sibling > at)
                {
                    at = sibling;
                    continue;
                }

                hidden = depth;
            }

            depth++;
        }
    }

    /// <summary>The text that a value stands for.</summary>
    public string? TextOf(DwarfValue value) => value.Form switch
    {
        DwarfForm.Text => TextIn(_sections.Info, value.Number),
        DwarfForm.TextOffset => TextIn(_sections.Texts, value.Number),
        DwarfForm.LineTextOffset => TextIn(_sections.LineTexts, value.Number),
        DwarfForm.TextIndex or DwarfForm.TextIndex1 or DwarfForm.TextIndex2 or DwarfForm.TextIndex3 or DwarfForm.TextIndex4 => TextIn(_sections.Texts, IndexedText(value.Number)),
        _ => null,
    };

    /// <summary>The address that a value stands for; null when it is no address but a length.</summary>
    public ulong? AddressOf(DwarfValue value) => value.Form switch
    {
        DwarfForm.Address => value.Number,
        DwarfForm.AddressIndex or DwarfForm.AddressIndex1 or DwarfForm.AddressIndex2 or DwarfForm.AddressIndex3 or DwarfForm.AddressIndex4 => IndexedAddress(value.Number),
        _ => null,
    };

    /// <summary>The place in the section that a reference stands for.</summary>
    public int? ReferenceOf(DwarfValue value)
    {
        ulong at = value.Form switch
        {
            DwarfForm.Reference1 or DwarfForm.Reference2 or DwarfForm.Reference4 or DwarfForm.Reference8 or DwarfForm.ReferenceUnsigned => unchecked(value.Number + (ulong)Start),
            DwarfForm.ReferenceAnywhere => value.Number,
            _ => ulong.MaxValue,
        };
        return at < (ulong)_sections.Info.Length ? (int)at : null;
    }

    private static string TextIn(ReadOnlyMemory<byte> section, ulong offset) => new DwarfCursor(section.Span, (long)Math.Min(offset, long.MaxValue)).Text();

    private ulong IndexedText(ulong index)
    {
        int width = _is64 ? 8 : 4;
        ulong start = Root.Number(DwarfAttribute.TextOffsetsBase) ?? (_is64 ? 16u : 8u);
        return new DwarfCursor(_sections.TextOffsets.Span, At(start, index, width)).Offset(_is64);
    }

    private ulong IndexedAddress(ulong index) => new DwarfCursor(_sections.Addresses.Span, At(Root.Number(DwarfAttribute.AddressBase) ?? 8, index, _addressSize)).U64();

    private static long At(ulong start, ulong index, int width) =>
        start > int.MaxValue || index > int.MaxValue ? throw new InvalidDataException("an index leads out of its table") : (long)start + ((long)index * width);

    private DwarfValue Read(ref DwarfCursor from, DwarfForm form, long known)
    {
        switch (form)
        {
            case DwarfForm.Data1 or DwarfForm.Flag or DwarfForm.Reference1 or DwarfForm.TextIndex1 or DwarfForm.AddressIndex1: return new(form, from.U8());
            case DwarfForm.Data2 or DwarfForm.Reference2 or DwarfForm.TextIndex2 or DwarfForm.AddressIndex2: return new(form, from.U16());
            case DwarfForm.TextIndex3 or DwarfForm.AddressIndex3: return new(form, from.Unsigned(3));
            case DwarfForm.Data4 or DwarfForm.Reference4 or DwarfForm.TextIndex4 or DwarfForm.AddressIndex4 or DwarfForm.SupplementReference4: return new(form, from.U32());
            case DwarfForm.Data8 or DwarfForm.Reference8 or DwarfForm.TypeSignature or DwarfForm.SupplementReference8: return new(form, from.U64());
            case DwarfForm.Data16: return new(form, from.Unsigned(16));
            case DwarfForm.Address: return new(form, from.Unsigned(_addressSize));
            case DwarfForm.SignedData: return new(form, (ulong)from.Sleb());
            case DwarfForm.UnsignedData or DwarfForm.ReferenceUnsigned or DwarfForm.TextIndex or DwarfForm.AddressIndex or DwarfForm.LocationList or DwarfForm.RangeList: return new(form, from.Uleb());
            case DwarfForm.TextOffset or DwarfForm.LineTextOffset or DwarfForm.SectionOffset or DwarfForm.ReferenceAnywhere or DwarfForm.SupplementText: return new(form, from.Offset(_is64));
            case DwarfForm.Present: return new(form, 1);
            case DwarfForm.ImplicitConstant: return new(form, (ulong)known);
            case DwarfForm.Block1: return Block(ref from, form, from.U8());
            case DwarfForm.Block2: return Block(ref from, form, from.U16());
            case DwarfForm.Block4: return Block(ref from, form, from.U32());
            case DwarfForm.Block or DwarfForm.Expression: return Block(ref from, form, from.Uleb());
            case DwarfForm.Text:
                int start = from.Position;
                from.Text();
                return new(form, (ulong)start);
            case DwarfForm.Indirect when (DwarfForm)from.Uleb() is var actual and not (DwarfForm.Indirect or DwarfForm.ImplicitConstant): return Read(ref from, actual, 0);
            default: throw new InvalidDataException($"a value has the unknown form {(int)form}");
        }
    }

    // Of expressions only the one that adds a number to an address is of use: old compilers say with it where members are.
    private static DwarfValue Block(ref DwarfCursor from, DwarfForm form, ulong length)
    {
        const byte PlusConstant = 0x23;
        if (length > int.MaxValue) throw new InvalidDataException("a block is too long");
        var block = from.Take((int)length);
        return new(form, block.Length > 1 && block[0] == PlusConstant ? new DwarfCursor(block, 1).Uleb() : 0);
    }
}
