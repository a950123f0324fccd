// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Objects.Btf;

public sealed partial class BtfSpec
{
    // So many names are searched for before the index, which costs as much as five searches, is built.
    private const int SearchesBeforeIndex = 3;

    private BtfNameIndex? _names;
    private int _searches;

    /// <summary>The ids of all types with exactly this name, in order, the base's first.</summary>
    public IEnumerable<int> Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return FindUtf8(Encoding.UTF8.GetBytes(name));
    }

    /// <summary>The first type of a case that has exactly this name, the base's first.</summary>
    public bool TryFind<TType>(string name, out int id)
        where TType : BtfType
    {
        foreach (int found in Find(name))
        {
            if (this[found] is not TType) continue;
            id = found;
            return true;
        }
        id = 0;
        return false;
    }

    /// <summary>The first type of a kind that has exactly this name, the base's first; nothing is decoded.</summary>
    public bool TryFind(BtfKind kind, string name, out int id)
    {
        foreach (int found in Find(name))
        {
            if (KindOf(found) != kind) continue;
            id = found;
            return true;
        }
        id = 0;
        return false;
    }

    private IEnumerable<int> FindUtf8(byte[] name)
    {
        if (name.Length == 0) yield break;
        if (Base is not null)
        {
            foreach (int id in Base.FindUtf8(name)) yield return id;
        }
        if (_names is null && Search(name) is { } searched)
        {
            foreach (int index in searched) yield return FirstId + index;
            yield break;
        }
        // Racing first calls may index twice; the answer is the same.
        var names = _names ??= new(_types.Span, _strings.Span, _offsets.AsSpan(0, Count - FirstId), _stringStart, Base);
        for (int index = names.First(name); index >= 0; index = names.Next(index))
        {
            if (NameBytesOf(FirstId + index).SequenceEqual(name)) yield return FirstId + index;
        }
    }

    /// <summary>The types of a name by their index, or null when it is time for the index of all names.</summary>
    private List<int>? Search(byte[] name) => Base is null && _searches++ < SearchesBeforeIndex
        ? BtfNameSearch.Find(_types.Span, _strings.Span, _offsets.AsSpan(0, Count - FirstId), name)
        : null;
}
