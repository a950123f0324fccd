// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Bpf.Objects.Btf.Rendering;

internal sealed partial class CDefinitions
{
    private readonly HashSet<int> _spelled = [];
    private int _indent;

    // Anonymous types are written wherever they are used, which hostile ones can multiply without end.
    private long _bodyAllowance;

    /// <summary>What stands before the name in a declaration: a keyword and tag, a typedef, a number, or a whole anonymous type.</summary>
    private string Specifier(int id) => _spec.KindOf(id) switch
    {
        BtfKind.Int => CNames.Number((BtfType.Int)_spec[id]),
        BtfKind.Float => CNames.Number((BtfType.Float)_spec[id]),
        BtfKind.Typedef => _names.Typedef(id),
        BtfKind.Struct or BtfKind.Union when _spec.NameBytesOf(id).IsEmpty => CompositeText(id, _indent),
        BtfKind.Struct or BtfKind.Union => Tagged(id),
        BtfKind.Forward => _spec.NameBytesOf(id).IsEmpty ? "void" : Tagged(id),
        BtfKind.Enum or BtfKind.Enum64 when !_spec.NameBytesOf(id).IsEmpty => $"enum {_names.Tag(id)}",
        BtfKind.Enum or BtfKind.Enum64 => AnonymousEnumText(id),
        _ => "void",
    };

    /// <summary>Enumerators may be defined only once, so a second use of the same enumeration is a number.</summary>
    private string AnonymousEnumText(int id)
    {
        var type = (BtfType.Enum)_spec[id];
        return _spelled.Add(id) && !type.Values.IsEmpty ? EnumText(id) : CNames.BySize(type.Size, type.IsSigned);
    }

    private string EnumText(int id)
    {
        var type = (BtfType.Enum)_spec[id];
        StringBuilder text = new("enum");
        if (type.Name.Length > 0) text.Append(' ').Append(_names.Tag(id));
        text.Append(" {\n");
        Spend(type.Values.Length);
        foreach (var value in type.Values) Line(text, _indent + 1, $"{_names.Enumerator(value.Name)} = {EnumeratorText(type, value.Value)},");
        if (type.Values.IsEmpty) Line(text, _indent + 1, $"{_names.Enumerator($"{type.Name}__none")},"); // C knows no empty enumeration
        return text.Append('\t', _indent).Append('}').Append(type.Size switch
        {
            1 => " __attribute__((mode(byte)))",
            2 => " __attribute__((mode(HI)))",
            8 => " __attribute__((mode(DI)))",
            _ => "",
        }).ToString();
    }

    private static string EnumeratorText(BtfType.Enum type, ulong value) => (type.IsSigned, type.Size) switch
    {
        (true, 8) => value == 1ul << 63 ? "(-9223372036854775807LL - 1)" : string.Create(CultureInfo.InvariantCulture, $"{(long)value}LL"),
        (true, _) => value == unchecked((ulong)int.MinValue) ? "(-2147483647 - 1)" : string.Create(CultureInfo.InvariantCulture, $"{(long)value}"),
        (false, 8) => string.Create(CultureInfo.InvariantCulture, $"{value}ULL"),
        (false, 1) => string.Create(CultureInfo.InvariantCulture, $"{(byte)value}"),
        (false, 2) => string.Create(CultureInfo.InvariantCulture, $"{(ushort)value}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(uint)value}"),
    };

    private string CompositeText(int id, int indent)
    {
        if (indent > BtfSpec.MaxDepth) throw _spec.Endless(id);
        var type = (BtfType.Composite)_spec[id];
        int outer = _indent;
        _indent = indent;
        StringBuilder text = new(type.IsUnion ? "union" : "struct");
        if (type.Name.Length > 0) text.Append(' ').Append(_names.Tag(id));
        text.Append(" {\n");
        bool packed = _alignment.IsPacked(id);
        BtfMember[] members = [.. type.Members.Select(_spec.AsBitField).OrderBy(m => m.BitOffset)];
        Spend(members.Length);
        string attribute = packed ? " __attribute__((packed))" : "";
        if (!IsSequential(type, members))
        {
            Line(text, indent + 1, $"unsigned char __opaque[{type.Size}];");
            attribute = $" __attribute__((aligned({_alignment.Of(id)})))";
        }
        else if (type.IsUnion) AppendUnion(text, type, members, packed ? 1 : _alignment.Of(id));
        else AppendStruct(text, type, members, packed ? 1 : _alignment.Of(id), packed);
        _indent = outer;
        return text.Append('\t', indent).Append('}').Append(attribute).ToString();
    }

    /// <summary>Whether members follow each other within the type's size; C cannot say anything else.</summary>
    private bool IsSequential(BtfType.Composite type, BtfMember[] members)
    {
        long end = 0;
        foreach (var member in members)
        {
            if (type.IsUnion ? member.BitOffset != 0 : member.BitOffset < end) return false;
            end = member.BitOffset + BitsOf(member);
            if (end > type.Size * 8L) return false;
        }
        return true;
    }

    private long BitsOf(BtfMember member) =>
        member.BitSize != 0 ? member.BitSize : _spec.TrySizeOf(member.Type, out int size) ? size * 8L : 0;

    private void AppendUnion(StringBuilder text, BtfType.Composite type, BtfMember[] members, int alignment)
    {
        long largest = 0;
        foreach (var member in members)
        {
            AppendMember(text, member);
            largest = Math.Max(largest, (BitsOf(member) + 7) / 8);
        }
        if (Align(largest, alignment) != type.Size) Line(text, _indent + 1, $"unsigned char __pad[{type.Size}];");
    }

    private void AppendStruct(StringBuilder text, BtfType.Composite type, BtfMember[] members, int alignment, bool packed)
    {
        long at = 0;
        foreach (var member in members)
        {
            if (NaturalPlace(member, at, packed) != member.BitOffset) AppendPadding(text, at, member.BitOffset);
            AppendMember(text, member);
            at = member.BitOffset + BitsOf(member);
        }
        if (Align(at, alignment * 8L) != type.Size * 8L) AppendPadding(text, at, type.Size * 8L);
    }

    /// <summary>The bit at which the compiler puts a member that comes after <paramref name="at"/>.</summary>
    private long NaturalPlace(BtfMember member, long at, bool packed)
    {
        if (member.BitSize == 0) return Align(at, packed ? 8 : _alignment.Of(member.Type) * 8L);
        long unit = _spec.TrySizeOf(member.Type, out int size) && size > 0 && !packed ? size * 8L : long.MaxValue;
        return at % unit + member.BitSize > unit ? Align(at, unit) : at;
    }

    /// <summary>Unnamed bit fields fill the gap: they take room, but neither a name nor part in the alignment.</summary>
    private void AppendPadding(StringBuilder text, long from, long to)
    {
        const long Largest = 16 * 64;
        if (to - from > Largest)
        {
            long start = Align(from, 64), length = (to - start) / 8;
            AppendPadding(text, from, start);
            Line(text, _indent + 1, $"unsigned char __pad_{start / 8}[{length}];");
            from = start + length * 8;
        }
        for (; from < to;)
        {
            long last = to - 1, start = from;
            var (type, unit) = from / 8 == last / 8 ? ("char", 8) : from / 16 == last / 16 ? ("short", 16) : from / 32 == last / 32 ? ("int", 32) : ("long", 64);
            from = Math.Min(to, (from / unit + 1) * unit);
            Line(text, _indent + 1, $"{type}: {from - start};");
        }
    }

    private void AppendMember(StringBuilder text, BtfMember member)
    {
        string name = member.Name.Length == 0 ? "" : CNames.Member(member.Name);
        _indent++;
        string line = member.BitSize == 0 && !_spec.TrySizeOf(member.Type, out _)
            ? $"char {name}[0]; /* {_spec.TypeNameOf(member.Type)} */"
            : $"{_declaration.Render(member.Type, name)}{(member.BitSize == 0 ? "" : $": {member.BitSize}")};";
        _indent--;
        Line(text, _indent + 1, line);
    }

    private void Spend(int elements)
    {
        _bodyAllowance -= elements + 1;
        if (_bodyAllowance < 0) _spec.Throw(BtfDiagnostics.BadType, "expected fewer uses of anonymous types", "the image is corrupt");
    }

    private static void Line(StringBuilder text, int indent, string line) => text.Append('\t', indent).Append(line).Append('\n');

    private static long Align(long value, long alignment) => (value + alignment - 1) / alignment * alignment;
}
