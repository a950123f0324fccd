// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Symbols.Dwarf;

/// <summary>Writes types of debug information as those of BTF, each once, with what they lead to.</summary>
internal sealed class DwarfTypeWriter(IReadOnlyList<DwarfUnit> units)
{
    // Further than any compiler wrote.
    private const int MostSteps = 64;
    private const ulong LongestType = 1 << 30;

    private readonly BtfBuilder _types = new();
    private readonly Dictionary<int, int> _ids = [];

    // Those that have an id. Types lead to each other in long chains, so they are not followed at once.
    private readonly Queue<(int Id, DwarfEntry Entry)> _pending = [];
    private readonly HashSet<(bool IsUnion, string Name)> _defined = [];
    private readonly HashSet<(bool IsUnion, string Name)> _declared = [];
    private readonly Dictionary<int, bool> _byReference = [];
    private int _word;

    /// <summary>Whether a structure is only declared that some other unit may define.</summary>
    public bool IsMissing => _declared.Any(d => !_defined.Contains(d));

    /// <summary>Adds what a unit defines: functions with what they take and return, by what the linker calls them, and types that have names.</summary>
    public void AddUnit(DwarfUnit unit)
    {
        foreach (var (entry, _) in unit.Below(unit.Root, skips: e => e.Tag is DwarfTag.Subprogram))
        {
            if (entry.Tag is DwarfTag.Subprogram && (entry.Has(DwarfAttribute.LowPc) || entry.Has(DwarfAttribute.Ranges)) && LinkageNameOf(entry) is { Length: > 0 } name) AddFunction(name, entry);
            else if (IsRecord(entry) || entry.Tag is DwarfTag.EnumerationType or DwarfTag.Typedef && entry.Has(DwarfAttribute.Name)) IdOf(entry.Offset);
        }

        ConvertPending();
    }

    /// <summary>What the linker calls a function.</summary>
    public string LinkageNameOf(DwarfEntry function) =>
        Origins(function).FirstOrDefault(e => e.Has(DwarfAttribute.LinkageName))?.Text(DwarfAttribute.LinkageName) ?? WithOrigin(function).Name;

    private void AddFunction(string name, DwarfEntry function)
    {
        var parameters = ImmutableArray.CreateBuilder<BtfParameter>();
        foreach (var (entry, depth) in function.Unit.Below(function, skips: _ => true))
        {
            if (depth != 1) continue;
            if (entry.Tag is DwarfTag.UnspecifiedParameters) parameters.Add(new("", 0));
            if (entry.Tag is not DwarfTag.FormalParameter) continue;
            var named = WithOrigin(entry);
            parameters.Add(new(named.Name, ParameterType(WithType(entry))));
        }

        // The caller says in a register where it goes: with nothing in the types to tell that, where the arguments are is not known.
        if (RecordOf(WithType(function)) is { } returned && SizeOf(returned) <= 2 * sizeof(ulong) && IsByReference(returned, 0)) return;
        int prototype = _types.Add(new BtfType.FunctionPrototype(TypeOf(WithType(function)), parameters.ToImmutable()));
        _types.Add(new BtfType.Function(prototype, BtfLinkage.Global) { Name = name });
    }

    /// <summary>Adds what a unit defines of the structures that are only declared so far.</summary>
    public void AddMissing(DwarfUnit unit)
    {
        foreach (var (entry, _) in unit.Below(unit.Root, skips: e => e.Tag is DwarfTag.Subprogram))
        {
            if (!IsRecord(entry) || entry.Has(DwarfAttribute.Declaration) || !_declared.Contains(KeyOf(entry)) || _defined.Contains(KeyOf(entry))) continue;
            IdOf(entry.Offset);
            ConvertPending();
        }
    }

    /// <summary>The types so far.</summary>
    public BtfSpec Build() => _types.Build();

    // An entry that completes another has its name there.
    private DwarfEntry WithOrigin(DwarfEntry entry) => Origins(entry).FirstOrDefault(e => e.Has(DwarfAttribute.Name)) ?? entry;

    // Of classes that are more than their bytes a function gets the address.
    private int ParameterType(DwarfEntry parameter)
    {
        int type = TypeOf(parameter);
        return RecordOf(parameter) is { } record && IsByReference(record, 0) ? _types.Add(new BtfType.Pointer(type)) : type;
    }

    private DwarfEntry? RecordOf(DwarfEntry entry)
    {
        var real = entry;
        for (int i = 0; i < MostSteps && real.Reference(DwarfAttribute.Type) is { } offset && EntryAt(offset) is { } next; i++)
        {
            real = next;
            if (real.Tag is not (DwarfTag.Typedef or DwarfTag.ConstType or DwarfTag.VolatileType)) break;
        }

        return IsRecord(real) ? real : null;
    }

    // Few compilers say it. In C++ it is so for what is destroyed or copied by code, and for what contains such.
    private bool IsByReference(DwarfEntry record, int depth)
    {
        const ulong ByValue = 5, ByReference = 4;
        if (record.Number(DwarfAttribute.CallingConvention) is (ByValue or ByReference) and var said) return said == ByReference;
        if (depth > MostSteps || !_byReference.TryAdd(record.Offset, false)) return _byReference.GetValueOrDefault(record.Offset);
        return _byReference[record.Offset] = HasCode(record, depth);
    }

    private bool HasCode(DwarfEntry record, int depth)
    {
        foreach (var (child, below) in record.Unit.Below(record, skips: e => e.Tag is not DwarfTag.Subprogram))
        {
            if (below != 1) continue;
            if (child.Tag is DwarfTag.Subprogram ? IsNotTrivial(child, record) : child.Tag is DwarfTag.Member or DwarfTag.Inheritance && !child.Has(DwarfAttribute.Declaration) && RecordOf(child) is { } inner && IsByReference(inner, depth + 1)) return true;
        }

        return false;
    }

    private bool IsNotTrivial(DwarfEntry method, DwarfEntry record)
    {
        if (method.Has(DwarfAttribute.Virtuality)) return true;
        if (method.Has(DwarfAttribute.Defaulted) || method.Has(DwarfAttribute.Deleted)) return false;
        if (method.Name.StartsWith('~')) return true;

        // One that makes it of another: the object itself comes first.
        return method.Name == record.Name && method.Unit.Below(method, skips: _ => true).Where(x => x.Depth == 1 && x.Entry.Tag is DwarfTag.FormalParameter).Skip(1).FirstOrDefault().Entry is { } other
            && other.Reference(DwarfAttribute.Type) is { } offset && EntryAt(offset) is { Tag: DwarfTag.ReferenceType or DwarfTag.RvalueReferenceType } reference && RecordOf(reference)?.Offset == record.Offset;
    }

    private DwarfEntry WithType(DwarfEntry entry) => Origins(entry).FirstOrDefault(e => e.Has(DwarfAttribute.Type)) ?? entry;

    private IEnumerable<DwarfEntry> Origins(DwarfEntry entry)
    {
        // A definition that is inlined elsewhere refers to what it is of, and that to its declaration in a class.
        var at = entry;
        for (int i = 0; at is not null && i < 4; i++)
        {
            yield return at;
            int? next = at.Reference(DwarfAttribute.AbstractOrigin) ?? at.Reference(DwarfAttribute.Specification);
            at = next is { } offset ? EntryAt(offset) : null;
        }
    }

    private DwarfEntry? EntryAt(int offset)
    {
        int low = 0, high = units.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (offset < units[middle].Start) high = middle - 1;
            else if (offset >= units[middle].End) low = middle + 1;
            else return units[middle].EntryAt(offset);
        }

        return null;
    }

    private static bool IsRecord(DwarfEntry entry) => entry.Tag is DwarfTag.StructureType or DwarfTag.ClassType or DwarfTag.UnionType;

    private static (bool IsUnion, string Name) KeyOf(DwarfEntry entry) => (entry.Tag is DwarfTag.UnionType, entry.Name);

    private int TypeOf(DwarfEntry entry) => entry.Reference(DwarfAttribute.Type) is { } offset ? IdOf(offset) : 0;

    private int IdOf(int offset)
    {
        if (_ids.TryGetValue(offset, out int known)) return known;
        var entry = EntryAt(offset);

        // These say nothing that matters here.
        for (int i = 0; i < MostSteps && entry?.Tag is DwarfTag.PackedType or DwarfTag.AtomicType or DwarfTag.ImmutableType; i++)
            entry = entry.Reference(DwarfAttribute.Type) is { } target ? EntryAt(target) : null;
        if (entry is null || !IsType(entry.Tag)) return _ids[offset] = 0;
        if (entry.Offset != offset) return _ids[offset] = IdOf(entry.Offset);
        int id = _ids[offset] = _types.Reserve();
        _pending.Enqueue((id, entry));
        return id;
    }

    private void ConvertPending()
    {
        while (_pending.TryDequeue(out var next)) _types[next.Id] = Convert(next.Entry);
    }

    private static bool IsType(DwarfTag tag) => tag is DwarfTag.BaseType or DwarfTag.EnumerationType or DwarfTag.PointerType or DwarfTag.ReferenceType or DwarfTag.RvalueReferenceType
        or DwarfTag.PointerToMember or DwarfTag.StructureType or DwarfTag.ClassType or DwarfTag.UnionType or DwarfTag.ArrayType or DwarfTag.SubroutineType or DwarfTag.Typedef
        or DwarfTag.TemplateAlias or DwarfTag.ConstType or DwarfTag.VolatileType or DwarfTag.RestrictType;

    private BtfType Convert(DwarfEntry entry)
    {
        switch (entry.Tag)
        {
            case DwarfTag.BaseType: return Base(entry);
            case DwarfTag.EnumerationType: return Enumeration(entry);
            case DwarfTag.StructureType or DwarfTag.ClassType or DwarfTag.UnionType: return Record(entry);
            case DwarfTag.ArrayType: return Array(entry);
            case DwarfTag.Typedef or DwarfTag.TemplateAlias: return new BtfType.Typedef(TypeOf(entry)) { Name = entry.Name };
            case DwarfTag.ConstType: return new BtfType.Const(TypeOf(entry));
            case DwarfTag.VolatileType: return new BtfType.Volatile(TypeOf(entry));
            case DwarfTag.RestrictType: return new BtfType.Restrict(TypeOf(entry));
            case DwarfTag.PointerToMember: return Number("long", 8);
            case DwarfTag.SubroutineType:
                // What a pointer to a function leads to is never looked at.
                return new BtfType.FunctionPrototype(0, []);
            default: return new BtfType.Pointer(TypeOf(entry));
        }
    }

    private static int SizeOf(DwarfEntry entry, int otherwise = 0) => entry.Number(DwarfAttribute.ByteSize) is { } size
        ? size <= LongestType ? (int)size : throw new InvalidDataException("a type is too long")
        : otherwise;

    private static BtfType.Int Number(string name, int size, IntEncoding encoding = IntEncoding.Signed) => new(size, encoding, 0, size * 8) { Name = name };

    private static BtfType Base(DwarfEntry entry)
    {
        const int Boolean = 2, ComplexFloat = 3, Float = 4, Signed = 5, SignedCharacter = 6, DecimalFloat = 15;
        int size = SizeOf(entry, 1);
        ulong encoding = entry.Number(DwarfAttribute.Encoding) ?? 0;
        if (encoding is Float or ComplexFloat or DecimalFloat)
        {
            if (size is 2 or 4 or 8 or 12 or 16) return new BtfType.Float(size) { Name = entry.Name };
            return new BtfType.Composite(IsUnion: false, size, []) { Name = entry.Name };
        }

        if (size is not (1 or 2 or 4 or 8 or 16)) throw new InvalidDataException($"there is no number of {size} bytes");
        return Number(entry.Name, size, encoding switch { Boolean => IntEncoding.Bool, Signed or SignedCharacter => IntEncoding.Signed, _ => IntEncoding.None });
    }

    private static BtfType.Enum Enumeration(DwarfEntry entry)
    {
        List<(string Name, DwarfValue Value)> values = [];
        foreach (var (child, depth) in entry.Unit.Below(entry))
        {
            if (depth == 1 && child.Tag is DwarfTag.Enumerator && child.Find(DwarfAttribute.ConstantValue) is { } value) values.Add((child.Name, value));
        }

        int size = SizeOf(entry, 4);
        if (size is not (1 or 2 or 4 or 8)) throw new InvalidDataException($"there is no enumeration of {size} bytes");
        bool isSigned = values.Any(v => v.Value.Form is DwarfForm.SignedData or DwarfForm.ImplicitConstant && (long)v.Value.Number < 0);
        return new(size, isSigned, size == 8, [.. values.Select(v => new BtfEnumerator(v.Name, isSigned ? (ulong)v.Value.Signed : v.Value.Number))]) { Name = entry.Name };
    }

    private BtfType Record(DwarfEntry entry)
    {
        bool isUnion = entry.Tag is DwarfTag.UnionType;
        if (entry.Has(DwarfAttribute.Declaration))
        {
            _declared.Add(KeyOf(entry));
            return new BtfType.Forward(isUnion) { Name = entry.Name };
        }

        if (entry.Name.Length > 0) _defined.Add(KeyOf(entry));
        var members = ImmutableArray.CreateBuilder<BtfMember>();
        foreach (var (child, below) in entry.Unit.Below(entry, skips: _ => true))
        {
            // What lies outside is a variable of the class.
            if (below == 1 && child.Tag is DwarfTag.Member or DwarfTag.Inheritance && !child.Has(DwarfAttribute.Declaration)) members.Add(Member(child));
        }

        return new BtfType.Composite(isUnion, SizeOf(entry), members.ToImmutable()) { Name = entry.Name };
    }

    private BtfMember Member(DwarfEntry entry)
    {
        long start = (long)Math.Min(entry.Number(DwarfAttribute.MemberLocation) ?? 0, LongestType / 8) * 8;
        long size = (long)Math.Min(entry.Number(DwarfAttribute.BitSize) ?? 0, 64);
        if (entry.Number(DwarfAttribute.DataBitOffset) is { } bits) start = (long)Math.Min(bits, LongestType);

        // Older versions count from the highest bit of a number whose size they tell.
        else if (size > 0 && entry.Number(DwarfAttribute.BitOffset) is { } high) start += (SizeOf(entry, 4) * 8) - (long)Math.Min(high, 64) - size;
        if (start < 0) throw new InvalidDataException("a member lies before its structure");
        return new(entry.Tag is DwarfTag.Inheritance ? "" : entry.Name, TypeOf(entry), checked((int)start), (int)size);
    }

    private BtfType.Array Array(DwarfEntry entry)
    {
        List<int> counts = [];
        foreach (var (child, below) in entry.Unit.Below(entry))
        {
            if (below == 1 && child.Tag is DwarfTag.SubrangeType) counts.Add(CountOf(child));
        }

        int element = TypeOf(entry);

        // The last dimension is the innermost.
        for (int i = counts.Count - 1; i > 0; i--) element = _types.Add(new BtfType.Array(element, Word(), counts[i]));
        return new BtfType.Array(element, Word(), counts.Count > 0 ? counts[0] : 0);
    }

    private static int CountOf(DwarfEntry range)
    {
        // A length that is known only when the program runs is no number here.
        if (range.Find(DwarfAttribute.Count) is { Form: not (DwarfForm.Expression or DwarfForm.Reference4) } count) return (int)Math.Min(count.Number, LongestType);
        if (range.Find(DwarfAttribute.UpperBound) is not { Form: not (DwarfForm.Expression or DwarfForm.Reference4) } last) return 0;
        return last.Number < LongestType ? (int)last.Number + 1 : 0;
    }

    private int Word() => _word != 0 ? _word : _word = _types.Add(Number("__ARRAY_SIZE_TYPE__", 4, IntEncoding.None));
}
