// SPDX-License-Identifier: MIT
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>
/// Names that are unique in C's two name spaces, tags and identifiers: whoever comes first gets the plain name. Characters and words C does
/// not allow are replaced.
/// </summary>
internal sealed class CNames(BtfSpec spec)
{
    private static readonly FrozenSet<string> Keywords = FrozenSet.Create(
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern", "float", "for", "goto", "if",
        "inline", "int", "long", "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union",
        "unsigned", "void", "volatile", "while", "asm", "typeof", "_Bool", "_Complex", "_Atomic");

    private static readonly FrozenDictionary<string, int> Numbers = new Dictionary<string, int>
    {
        ["char"] = 1,
        ["signed char"] = 1,
        ["unsigned char"] = 1,
        ["_Bool"] = 1,
        ["short"] = 2,
        ["short int"] = 2,
        ["short unsigned int"] = 2,
        ["unsigned short"] = 2,
        ["int"] = 4,
        ["unsigned int"] = 4,
        ["long"] = 8,
        ["long int"] = 8,
        ["long unsigned int"] = 8,
        ["unsigned long"] = 8,
        ["long long"] = 8,
        ["long long int"] = 8,
        ["long long unsigned int"] = 8,
        ["unsigned long long"] = 8,
        ["__int128"] = 16,
        ["__int128 unsigned"] = 16,
        ["unsigned __int128"] = 16,
    }.ToFrozenDictionary();

    private readonly Dictionary<int, string> _known = [];
    private readonly Dictionary<string, int> _tags = new(StringComparer.Ordinal);

    // The compiler has this one already, with another size than the kernel's.
    private readonly Dictionary<string, int> _identifiers = new(StringComparer.Ordinal) { ["__builtin_va_list"] = 1 };

    /// <summary>The tag of a struct, union, enum or declaration, without the keyword.</summary>
    public string Tag(int id)
    {
        if (_known.TryGetValue(id, out string? name)) return name;
        int definition = spec.KindOf(id) is BtfKind.Forward ? DefinitionOf(id) : id;
        return _known[id] = definition == id ? Unique(_tags, spec.NameOf(id)) : Tag(definition);
    }

    /// <summary>The name of a typedef.</summary>
    public string Typedef(int id)
    {
        if (!_known.TryGetValue(id, out string? name)) _known[id] = name = Unique(_identifiers, spec.NameOf(id));
        return name;
    }

    /// <summary>A new name for an enumerator.</summary>
    public string Enumerator(string name) => Unique(_identifiers, name);

    /// <summary>The name of a member: its own name space, so nothing but its spelling can be wrong.</summary>
    public static string Member(string name) => Valid(name);

    /// <summary>How C calls an integer; by its size where the name is not C's.</summary>
    public static string Number(BtfType.Int type)
    {
        if (Numbers.TryGetValue(type.Name, out int size) && size == type.Size) return type.Name;
        if (type.Encoding.HasFlag(IntEncoding.Bool) && type.Size == 1) return "_Bool";
        bool isSigned = type.Encoding.HasFlag(IntEncoding.Signed);
        return BySize(type.Size, isSigned);
    }

    /// <summary>How C calls a floating-point number; an integer of the same size where BPF has no such type.</summary>
    public static string Number(BtfType.Float type) => type.Size switch
    {
        4 => "float",
        8 => "double",
        _ => BySize(type.Size, isSigned: false),
    };

    public static string BySize(int size, bool isSigned) => (size, isSigned) switch
    {
        (1, true) => "signed char",
        (1, false) => "unsigned char",
        (2, true) => "short",
        (2, false) => "unsigned short",
        (4, true) => "int",
        (4, false) => "unsigned int",
        (8, true) => "long long",
        (8, false) => "unsigned long long",
        (16, true) => "__int128",
        (16, false) => "unsigned __int128",
        _ => "unsigned char",
    };

    /// <summary>The definition a declaration shares its tag with, or itself.</summary>
    private int DefinitionOf(int id)
    {
        var kind = BtfInfo.Flag(spec.InfoOf(id)) ? BtfKind.Union : BtfKind.Struct;
        return spec.TryFind(kind, spec.NameOf(id), out int definition) ? definition : FirstDeclaration(id);
    }

    private int FirstDeclaration(int id)
    {
        bool isUnion = BtfInfo.Flag(spec.InfoOf(id));
        foreach (int other in spec.FindTypes(spec.NameOf(id)))
        {
            if (spec.KindOf(other) is BtfKind.Forward && BtfInfo.Flag(spec.InfoOf(other)) == isUnion) return other;
        }
        return id;
    }

    private static string Unique(Dictionary<string, int> taken, string name)
    {
        name = Valid(name);
        while (true)
        {
            taken.TryGetValue(name, out int times);
            taken[name] = times + 1;
            if (times == 0) return name;
            name = string.Create(CultureInfo.InvariantCulture, $"{name}___{times + 1}");
        }
    }

    private static string Valid(string name)
    {
        if (name.Length == 0) return "_";
        if (Keywords.Contains(name)) return name + "_";
        if (!char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) return name;
        StringBuilder valid = new();
        if (char.IsAsciiDigit(name[0])) valid.Append('_');
        foreach (char c in name) valid.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return valid.ToString();
    }
}
