// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Objects.Btf;

public sealed partial class BtfSpec
{
    // Of the names in a kernel four in five are functions', which most programs never ask for: each half is indexed when asked for.
    private BtfNameIndex? _functionNames;
    private BtfNameIndex? _typeNames;

    /// <summary>The ids of all types with exactly this name, in order, the base's first.</summary>
    public IEnumerable<int> Find(string name) => FindTypes(name).Concat(FindUtf8(Utf8(name), functions: true)).Order();

    /// <summary>The ids of all types of a kind that have exactly this name, in order, the base's first; nothing is decoded.</summary>
    public IEnumerable<int> Find(BtfKind kind, string name) =>
        FindUtf8(Utf8(name), functions: kind is BtfKind.Function).Where(id => KindOf(id) == kind);

    /// <summary>The first type of a case that has exactly this name, the base's first.</summary>
    public bool TryFind<TType>(string name, out int id)
        where TType : BtfType => First(FindUtf8(Utf8(name), functions: typeof(TType) == typeof(BtfType.Function)).Where(found => this[found] is TType), out id);

    /// <summary>The first type of a kind that has exactly this name, the base's first; nothing is decoded.</summary>
    public bool TryFind(BtfKind kind, string name, out int id)
    {
        id = FirstUtf8(kind, Utf8(name));
        return id != 0;
    }

    /// <summary>As <see cref="Find(string)"/> without functions.</summary>
    internal IEnumerable<int> FindTypes(string name) => FindUtf8(Utf8(name), functions: false);

    private static byte[] Utf8(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Encoding.UTF8.GetBytes(name);
    }

    private static bool First(IEnumerable<int> found, out int first)
    {
        foreach (int id in found)
        {
            first = id;
            return true;
        }
        first = 0;
        return false;
    }

    private IEnumerable<int> FindUtf8(byte[] name, bool functions)
    {
        if (name.Length == 0) yield break;
        if (Base is not null)
        {
            foreach (int id in Base.FindUtf8(name, functions)) yield return id;
        }
        var names = Names(functions);
        for (int entry = names.First(name); entry >= 0; entry = names.Next(entry))
        {
            int id = FirstId + names.TypeIndex(entry);
            if (NameBytesOf(id).SequenceEqual(name)) yield return id;
        }
    }

    // A loop of its own: the first query in a process costs more than the first lookup (the vmlinux row of the benchmarks).
    private int FirstUtf8(BtfKind kind, byte[] name)
    {
        if (name.Length == 0) return 0;
        int inBase = Base?.FirstUtf8(kind, name) ?? 0;
        if (inBase != 0) return inBase;
        var names = Names(kind is BtfKind.Function);
        for (int entry = names.First(name); entry >= 0; entry = names.Next(entry))
        {
            int id = FirstId + names.TypeIndex(entry);
            if (KindOf(id) == kind && NameBytesOf(id).SequenceEqual(name)) return id;
        }
        return 0;
    }

    // Racing first calls may index twice; the answer is the same.
    private BtfNameIndex Names(bool functions) => functions ? _functionNames ??= IndexNames(NamedFunctions()) : _typeNames ??= IndexNames(_named);

    private BtfNameIndex IndexNames(ReadOnlyMemory<int> indexes) => new(_types.Span, _strings.Span, _offsets, indexes, _stringStart, Base);

    private int[] NamedFunctions()
    {
        List<int> functions = [];
        UncheckedWords words = new(_types.Span);
        for (int index = 0; index < Count - FirstId; index++)
        {
            int at = _offsets[index];
            if (BtfInfo.Kind(words.At(at + sizeof(uint))) == (int)BtfKind.Function && words.At(at) != 0) functions.Add(index);
        }
        return [.. functions];
    }
}
