// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Bpf.Objects.Btf.Rendering;

internal sealed partial class CSharpDefinitions
{
    private void AppendStruct(StringBuilder text, int id, string name, string c, int indent)
    {
        if (indent > MaxNesting) throw spec.Endless(id);
        var type = (BtfType.Composite)spec[id];
        if (indent == 0) text.Append('\n');
        Document(text, indent, c);
        string pack = _alignment.IsPacked(id) ? ", Pack = 1" : "";
        Line(text, indent, $"[StructLayout(LayoutKind.Explicit, Size = {Math.Max(type.Size, 1)}{pack})]");
        Line(text, indent, $"public partial struct {name}");
        Line(text, indent, "{");
        CSharpNames names = new([name, .. CSharpNames.OfObject]);
        AppendMembers(text, type, 0, type.Size, names, [], indent + 1);
        Line(text, indent, "}");
    }

    /// <summary>The members of a struct and, at their offsets, those of the anonymous ones inside.</summary>
    private void AppendMembers(StringBuilder text, BtfType.Composite type, long start, int size, CSharpNames names, HashSet<string> units, int indent, int depth = 0)
    {
        if (depth > MaxNesting) spec.Throw(BtfDiagnostics.Cycle, $"'{type.Name}' nests anonymous types deeper than {MaxNesting}");
        Spend(type.Members.Length);
        foreach (var stored in type.Members)
        {
            var member = spec.AsBitField(stored);
            long bit = start + member.BitOffset;
            if (member.BitSize != 0) AppendBitField(text, member, bit, size, names, units, indent);
            else if (member.Name.Length == 0 && spec[spec.Resolve(member.Type)] is BtfType.Composite inner)
                AppendMembers(text, inner, bit, size, names, units, indent, depth + 1);
            else AppendField(text, member, bit, size, names, indent);
        }
    }

    private void AppendField(StringBuilder text, BtfMember member, long bit, int size, CSharpNames names, int indent)
    {
        string name = names.Take(member.Name);
        string c = CDeclaration.Text(spec, member.Type, member.Name);
        int resolved = spec.Resolve(member.Type);
        string? own = NameOf(member.Type, "") is null ? AppendNested(text, resolved, name, names, indent) : null;
        string? type = own ?? TypeOf(member.Type);
        bool fits = spec.TrySizeOf(member.Type, out int length) && length > 0 && bit / 8 + length <= size;
        Document(text, indent, c);
        if (type is null || !fits) Line(text, indent, string.Create(CultureInfo.InvariantCulture, $"public const int {name}Offset = {bit / 8};"));
        else if (spec[resolved] is BtfType.Int { Size: 1 } x && x.Encoding.HasFlag(IntEncoding.Bool)) AppendBoolean(text, name, bit / 8, names, indent);
        else Line(text, indent, string.Create(CultureInfo.InvariantCulture, $"[FieldOffset({bit / 8})] public {type} {name};"));
    }

    /// <summary>Any byte but zero is true in C, while C# trusts a bool to be 0 or 1.</summary>
    private static void AppendBoolean(StringBuilder text, string name, long offset, CSharpNames names, int indent)
    {
        string raw = names.Take($"{name}Byte");
        Line(text, indent, $"public bool {name} {{ readonly get => {raw} != 0; set => {raw} = value ? (byte)1 : (byte)0; }}");
        Line(text, indent, string.Create(CultureInfo.InvariantCulture, $"[FieldOffset({offset})] private byte {raw};"));
    }

    /// <summary>A type for a member whose own type has no name, or the elements of an array of such; null for any other.</summary>
    private string? AppendNested(StringBuilder text, int id, string member, CSharpNames names, int indent)
    {
        List<int> counts = [];
        while (spec[id] is BtfType.Array array)
        {
            if (counts.Count > MaxNesting) return null;
            counts.Add(array.Count);
            if (NameOf(array.Element, "") is not null) return null;
            id = spec.Resolve(array.Element);
        }
        if (spec[id] is not (BtfType.Composite or BtfType.Enum) || !spec.TrySizeOf(id, out int size)) return null;
        string name = names.Take($"{member}_type");
        if (spec[id] is BtfType.Enum enumeration) AppendEnum(text, enumeration, name, spec.TypeNameOf(id), indent);
        else AppendStruct(text, id, name, spec.TypeNameOf(id), indent);
        string? type = name;
        for (int i = counts.Count - 1; i >= 0 && type is not null; i--)
        {
            type = Array(type, counts[i], size);
            size = (int)Math.Min((long)size * counts[i], LargestArray + 1);
        }
        return type;
    }

    private void AppendBitField(StringBuilder text, BtfMember member, long bit, int size, CSharpNames names, HashSet<string> units, int indent)
    {
        if (member.Name.Length == 0) return; // padding
        string name = names.Take(member.Name);
        Document(text, indent, $"{CDeclaration.Text(spec, member.Type, member.Name)} : {member.BitSize}");
        if (UnitOf(bit, member.BitSize, size) is not { } unit)
        {
            Line(text, indent, string.Create(CultureInfo.InvariantCulture, $"public const int {name}BitOffset = {bit};"));
            return;
        }
        string field = string.Create(CultureInfo.InvariantCulture, $"_bits{unit}At{bit / unit * unit / 8}");
        string whole = CSharpNumbers.Integer(unit / 8, isSigned: false);
        int shift = (int)(spec.ByteOrder is ByteOrder.Little ? bit % unit : unit - bit % unit - member.BitSize);
        ulong mask = member.BitSize == 64 ? ulong.MaxValue : (1ul << member.BitSize) - 1;
        Line(text, indent, BitProperty(member, name, field, whole, shift, mask));
        if (units.Add(field))
            Line(text, indent, string.Create(CultureInfo.InvariantCulture, $"[FieldOffset({bit / unit * unit / 8})] private {whole} {field};"));
    }

    private string BitProperty(BtfMember member, string name, string field, string whole, int shift, ulong mask)
    {
        var resolved = spec[spec.Resolve(member.Type)];
        bool isBoolean = resolved is BtfType.Int i && i.Encoding.HasFlag(IntEncoding.Bool);
        bool isSigned = resolved is BtfType.Int { Encoding: var e } ? e.HasFlag(IntEncoding.Signed) : resolved is BtfType.Enum { IsSigned: true };
        string type = isBoolean ? "bool" : NameOf(member.Type, "") ?? TypeOf(member.Type) ?? "ulong";
        string bits = string.Create(CultureInfo.InvariantCulture, $"(((ulong){field} >> {shift}) & 0x{mask:x}UL)");
        string get = isBoolean ? $"{bits} != 0"
            : isSigned ? string.Create(CultureInfo.InvariantCulture, $"({type})((long)({bits} << {64 - member.BitSize}) >> {64 - member.BitSize})")
            : $"({type}){bits}";
        string raw = isBoolean ? "(value ? 1UL : 0UL)" : isSigned ? "(ulong)(long)value" : "(ulong)value";
        return string.Create(CultureInfo.InvariantCulture,
            $"public {type} {name} {{ readonly get => unchecked({get}); set => {field} = unchecked(({whole})(((ulong){field} & ~0x{mask << shift:x}UL) | (({raw} & 0x{mask:x}UL) << {shift}))); }}");
    }

    /// <summary>The smallest integer, in bits, that holds the field at its own alignment and lies inside the struct.</summary>
    private static int? UnitOf(long bit, int bits, int size)
    {
        foreach (int unit in (ReadOnlySpan<int>)[8, 16, 32, 64])
        {
            if (bit / unit == (bit + bits - 1) / unit && (bit / unit + 1) * unit <= size * 8L) return unit;
        }
        return null;
    }
}
