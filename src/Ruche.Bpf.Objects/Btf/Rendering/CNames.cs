// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>What types, enumerators and numbers are called in C. Names come straight from the string section unless they had to be changed.</summary>
internal sealed class CNames(BtfSpec spec, bool mayRepeat = false)
{
    private readonly CNameSpace _tags = new([]);

    // The compiler has this one already, with another size than the kernel's.
    private readonly CNameSpace _identifiers = new("__builtin_va_list"u8);
    private readonly bool[] _isNamed = new bool[spec.Count];
    private readonly Dictionary<int, byte[]> _changed = [];
    private readonly Dictionary<int, int> _definitions = [];
    private readonly Dictionary<int, byte[]> _numbers = [];

    /// <summary>The tag of a struct, union, enum or declaration, without the keyword.</summary>
    public ReadOnlySpan<byte> Tag(int id) => Name(DefinitionOf(id), _tags);

    /// <summary>The name of a typedef.</summary>
    public ReadOnlySpan<byte> Typedef(int id) => Name(id, _identifiers);

    /// <summary>A new name for an enumerator.</summary>
    public ReadOnlySpan<byte> Enumerator(ReadOnlySpan<byte> name) => mayRepeat ? CSpelling.Valid(name) : _identifiers.Take(name);

    /// <summary>The type whose tag a type has: the definition, or the first declaration, for one that is only declared.</summary>
    public int DefinitionOf(int id)
    {
        if (spec.KindOf(id) is not BtfKind.Forward) return id;
        if (_definitions.TryGetValue(id, out int known)) return known;
        bool isUnion = BtfInfo.Flag(spec.InfoOf(id));
        if (!spec.TryFind(isUnion ? BtfKind.Union : BtfKind.Struct, spec.NameOf(id), out int definition))
            definition = spec.FindTypes(spec.NameOf(id)).First(other => spec.KindOf(other) is BtfKind.Forward && BtfInfo.Flag(spec.InfoOf(other)) == isUnion);
        return _definitions[id] = definition;
    }

    /// <summary>How C calls an integer; by its size where the name is not C's.</summary>
    public ReadOnlySpan<byte> Number(int id)
    {
        if (_numbers.TryGetValue(id, out byte[]? known)) return known;
        var type = (BtfType.Int)spec[id];
        var name = IsNumber(type.Name, type.Size) ? spec.NameBytesOf(id)
            : type.Encoding.HasFlag(IntEncoding.Bool) && type.Size == 1 ? "_Bool"u8
            : BySize(type.Size, type.Encoding.HasFlag(IntEncoding.Signed));
        return _numbers[id] = name.ToArray();
    }

    /// <summary>How C calls a floating-point number; an integer of the same size where BPF has no such type.</summary>
    public static ReadOnlySpan<byte> Real(int size) => size switch
    {
        4 => "float"u8,
        8 => "double"u8,
        _ => BySize(size, isSigned: false),
    };

    public static ReadOnlySpan<byte> BySize(int size, bool isSigned) => (size, isSigned) switch
    {
        (1, true) => "signed char"u8,
        (1, false) => "unsigned char"u8,
        (2, true) => "short"u8,
        (2, false) => "unsigned short"u8,
        (4, true) => "int"u8,
        (4, false) => "unsigned int"u8,
        (8, true) => "long long"u8,
        (8, false) => "unsigned long long"u8,
        (16, true) => "__int128"u8,
        (16, false) => "unsigned __int128"u8,
        _ => "unsigned char"u8,
    };

    private static bool IsNumber(string name, int size) => name switch
    {
        "char" or "signed char" or "unsigned char" or "_Bool" => size == 1,
        "short" or "short int" or "short unsigned int" or "unsigned short" => size == 2,
        "int" or "unsigned int" => size == 4,
        "long" or "long int" or "long unsigned int" or "unsigned long" => size == 8,
        "long long" or "long long int" or "long long unsigned int" or "unsigned long long" => size == 8,
        "__int128" or "__int128 unsigned" or "unsigned __int128" => size == 16,
        _ => false,
    };

    private ReadOnlySpan<byte> Name(int id, CNameSpace space)
    {
        var plain = spec.NameBytesOf(id);
        if (mayRepeat) return CSpelling.Valid(plain);
        if (_isNamed[id]) return _changed.TryGetValue(id, out byte[]? changed) ? changed : plain;
        _isNamed[id] = true;
        var name = space.Take(plain);
        if (!name.SequenceEqual(plain)) _changed[id] = name.ToArray();
        return name;
    }
}
