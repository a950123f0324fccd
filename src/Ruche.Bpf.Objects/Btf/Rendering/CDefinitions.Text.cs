// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

internal sealed partial class CDefinitions
{
    private int _indent;

    // Anonymous types are written wherever they are used, which hostile ones can multiply without end.
    private long _bodyAllowance;

    /// <summary>What stands before the name in a declaration: a keyword and tag, a typedef, a number, or a whole anonymous type.</summary>
    private void WriteSpecifier(int id)
    {
        switch (_spec.KindOf(id))
        {
            case BtfKind.Int: _text.Add(_names.Number(id)); break;
            case BtfKind.Float: _text.Add(CNames.Real((int)_spec.SizeOrTypeOf(id))); break;
            case BtfKind.Typedef: _text.Add(_names.Typedef(id)); break;
            case BtfKind.Struct or BtfKind.Union when IsAnonymous(id): WriteComposite(id); break;
            case BtfKind.Struct or BtfKind.Union: WriteTagged(id); break;
            case BtfKind.Forward when !IsAnonymous(id): WriteTagged(id); break;
            case BtfKind.Enum or BtfKind.Enum64 when IsAnonymous(id): WriteAnonymousEnum(id); break;
            case BtfKind.Enum or BtfKind.Enum64: _text.Add("enum "u8).Add(_names.Tag(id)); break;
            default: _text.Add("void"u8); break;
        }
    }

    private void WriteTagged(int id)
    {
        var kind = _spec.KindOf(id);
        bool isUnion = kind is BtfKind.Union || (kind is BtfKind.Forward && BtfInfo.Flag(_spec.InfoOf(id)));
        _text.Add(isUnion ? "union "u8 : "struct "u8).Add(_names.Tag(id));
    }

    /// <summary>Enumerators may be defined only once, so a second use of the same enumeration is a number.</summary>
    private void WriteAnonymousEnum(int id)
    {
        if ((_areAlone || _progress.Spell(id)) && _spec.LengthOf(id) > 0) WriteEnum(id);
        else _text.Add(CNames.BySize((int)_spec.SizeOrTypeOf(id), BtfInfo.Flag(_spec.InfoOf(id))));
    }

    private void WriteEnum(int id)
    {
        int count = _spec.LengthOf(id);
        uint size = _spec.SizeOrTypeOf(id);
        bool isSigned = BtfInfo.Flag(_spec.InfoOf(id));
        Spend(count);
        _text.Add("enum"u8);
        if (!IsAnonymous(id)) _text.Add(' ').Add(_names.Tag(id));
        _text.Add(" {\n"u8);
        for (int i = 0; i < count; i++)
        {
            var (name, value) = _spec.EnumeratorAt(id, i);
            _text.Indent(_indent + 1).Add(_names.Enumerator(_spec.BytesAt(name))).Add(" = "u8);
            WriteValue(value, size, isSigned);
            _text.Add(",\n"u8);
        }
        if (count == 0) _text.Indent(_indent + 1).Add(_names.Enumerator([.. _spec.NameBytesOf(id), .. "__none"u8])).Add(",\n"u8); // C knows no empty enumeration
        _text.Indent(_indent).Add('}').Add(size switch
        {
            1 => " __attribute__((mode(byte)))"u8,
            2 => " __attribute__((mode(HI)))"u8,
            8 => " __attribute__((mode(DI)))"u8,
            _ => ""u8,
        });
    }

    // C has no negative literals: the smallest numbers are the results of subtractions.
    private void WriteValue(ulong value, uint size, bool isSigned)
    {
        switch (isSigned, size)
        {
            case (true, 8) when value == 1ul << 63: _text.Add("(-9223372036854775807LL - 1)"u8); break;
            case (true, 8): _text.Add((long)value).Add("LL"u8); break;
            case (true, _) when value == unchecked((ulong)int.MinValue): _text.Add("(-2147483647 - 1)"u8); break;
            case (true, _): _text.Add((long)value); break;
            case (false, 8): _text.Add(value).Add("ULL"u8); break;
            case (false, 1): _text.Add((ulong)(byte)value); break;
            case (false, 2): _text.Add((ulong)(ushort)value); break;
            default: _text.Add((ulong)(uint)value); break;
        }
    }

    private void Spend(int elements)
    {
        _bodyAllowance -= elements + 1;
        if (_bodyAllowance < 0) _spec.Throw(BtfDiagnostics.BadType, "expected fewer uses of anonymous types", "the image is corrupt");
    }
}
