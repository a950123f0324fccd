// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

internal sealed partial class CDefinitions
{
    private void WriteComposite(int id)
    {
        if (_indent > BtfSpec.MaxDepth) throw _spec.Endless(id);
        bool isUnion = _spec.KindOf(id) is BtfKind.Union, isPacked = _layout.IsPacked(id);
        int size = _spec.SizeOf(id), alignment = isPacked ? 1 : _layout.AlignmentOf(id);
        var fields = _spec.FieldsOf(id);
        bool isSequential = _layout.IsSequential(fields, size, isUnion);
        Spend(fields.Length);
        _text.Add(isUnion ? "union"u8 : "struct"u8);
        if (!IsAnonymous(id)) _text.Add(' ').Add(_names.Tag(id));
        _text.Add(" {\n"u8);
        _indent++;
        if (!isSequential) _text.Indent(_indent).Add("unsigned char __opaque["u8).Add(size).Add("];\n"u8);
        else if (isUnion) WriteUnion(fields, size, alignment);
        else WriteStruct(fields, size, alignment, isPacked);
        _indent--;
        _text.Indent(_indent).Add('}');
        if (!isSequential) _text.Add(" __attribute__((aligned("u8).Add(alignment).Add(")))"u8);
        else if (isPacked) _text.Add(" __attribute__((packed))"u8);
    }

    private void WriteUnion(BtfField[] fields, int size, int alignment)
    {
        long largest = 0;
        foreach (var field in fields)
        {
            WriteMember(field);
            largest = Math.Max(largest, (_layout.BitsOf(field) + 7) / 8);
        }
        if (CLayout.Align(largest, alignment) != size) _text.Indent(_indent).Add("unsigned char __pad["u8).Add(size).Add("];\n"u8);
    }

    private void WriteStruct(BtfField[] fields, long size, int alignment, bool isPacked)
    {
        long at = 0;
        foreach (var field in fields)
        {
            if (_layout.NaturalPlace(field, at, isPacked) != field.BitOffset) WritePadding(at, field.BitOffset);
            WriteMember(field);
            at = field.BitOffset + _layout.BitsOf(field);
        }
        if (CLayout.Align(at, alignment * 8L) != size * 8) WritePadding(at, size * 8);
    }

    private void WriteMember(BtfField field)
    {
        var name = _spec.BytesAt(field.Name);
        if (!name.IsEmpty) name = CSpelling.Valid(name);
        _text.Indent(_indent);
        if (field.BitSize == 0 && _layout.SizeOf(field.Type) is null)
        {
            _text.Add("char "u8).Add(name).Add("[0]; /* "u8);
            new CDeclaration(_spec, _text).Write(field.Type, []);
            _text.Add(" */\n"u8);
            return;
        }
        _declaration.Write(field.Type, name);
        if (field.BitSize != 0) _text.Add(": "u8).Add(field.BitSize);
        _text.Add(";\n"u8);
    }

    /// <summary>Unnamed bit fields fill the gap: they take room, but neither a name nor part in the alignment.</summary>
    private void WritePadding(long from, long to)
    {
        const long Largest = 16 * 64;
        if (to - from > Largest)
        {
            long start = CLayout.Align(from, 64), length = (to - start) / 8;
            WritePadding(from, start);
            _text.Indent(_indent).Add("unsigned char __pad_"u8).Add(start / 8).Add('[').Add(length).Add("];\n"u8);
            from = start + length * 8;
        }
        while (from < to)
        {
            long last = to - 1, start = from;
            int unit = from / 8 == last / 8 ? 8 : from / 16 == last / 16 ? 16 : from / 32 == last / 32 ? 32 : 64;
            from = Math.Min(to, (from / unit + 1) * unit);
            _text.Indent(_indent).Add(unit switch { 8 => "char"u8, 16 => "short"u8, 32 => "int"u8, _ => "long"u8 }).Add(": "u8).Add(from - start).Add(";\n"u8);
        }
    }
}
