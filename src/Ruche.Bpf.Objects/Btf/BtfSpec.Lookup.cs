// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Bpf.Objects.Btf;

public sealed partial class BtfSpec
{
    private BtfNameIndex? _names;

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
        // Racing first calls may index twice; the answer is the same.
        var names = _names ??= new(_types.Span, _strings.Span, _offsets.AsSpan(0, Count - FirstId), _stringStart, Base);
        for (int index = names.First(name); index >= 0; index = names.Next(index))
        {
            if (NameBytesOf(FirstId + index).SequenceEqual(name)) yield return FirstId + index;
        }
    }
}
