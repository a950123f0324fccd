// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

public sealed partial class BtfSpec
{
    /// <summary>How many members, values, parameters or variables a type has.</summary>
    internal int LengthOf(int id) => BtfInfo.Length(InfoOf(id));

    /// <summary>What an array consists of.</summary>
    internal (int Element, int Count) ArrayAt(int id)
    {
        var (set, body) = BodyOf(id);
        return ((int)set.Word(body), set.Size(set.Word(body + 8), id));
    }

    /// <summary>A member as it is stored.</summary>
    internal BtfField FieldAt(int id, int index)
    {
        var (set, body) = BodyOf(id);
        return set.FieldAt(BtfInfo.Flag(InfoOf(id)), body + index * BtfField.StoredSize, id);
    }

    /// <summary>The fields of a struct or union from its first bit to its last, bit fields of old compilers as such.</summary>
    internal BtfField[] FieldsOf(int id)
    {
        var (set, body) = BodyOf(id);
        var fields = new BtfField[LengthOf(id)];
        bool hasBitSizes = BtfInfo.Flag(InfoOf(id)), isSorted = true;
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = AsBitField(set.FieldAt(hasBitSizes, body + i * BtfField.StoredSize, id));
            isSorted &= i == 0 || fields[i - 1].BitOffset <= fields[i].BitOffset;
        }
        return isSorted ? fields : [.. fields.OrderBy(f => f.BitOffset)];
    }

    /// <summary>An enumerator: where its name is, and its value, which is as wide as it was stored.</summary>
    internal (int Name, ulong Value) EnumeratorAt(int id, int index)
    {
        var (set, body) = BodyOf(id);
        uint info = InfoOf(id);
        return (BtfKind)BtfInfo.Kind(info) is BtfKind.Enum64 ? set.WideEnumeratorAt(body + index * 12) : set.EnumeratorAt(BtfInfo.Flag(info), body + index * 8);
    }

    /// <summary>A function's parameter: where its name is, and its type.</summary>
    internal (int Name, int Type) ParameterAt(int id, int index)
    {
        var (set, body) = BodyOf(id);
        return ((int)set.Word(body + index * 8), (int)set.Word(body + index * 8 + 4));
    }

    /// <summary>Who can see a function.</summary>
    internal BtfLinkage LinkageOf(int id) => BodyOf(id).Set.Linkage((uint)LengthOf(id), id);

    // The set that a type is stored in, and where what follows its common part starts.
    private (BtfSpec Set, int Body) BodyOf(int id)
    {
        var set = this;
        while (id < set.FirstId && set.Base is not null) set = set.Base;
        return (set, set._offsets[set.IndexOf(id)] + BtfKindLayout.CommonSize);
    }

    private BtfField FieldAt(bool hasBitSizes, int at, int id)
    {
        uint offset = Word(at + 8);
        return hasBitSizes
            ? new((int)Word(at), (int)Word(at + 4), (int)offset & 0xff_ffff, (int)(offset >> 24))
            : new((int)Word(at), (int)Word(at + 4), Size(offset, id), 0);
    }

    private (int Name, ulong Value) EnumeratorAt(bool isSigned, int at) =>
        ((int)Word(at), isSigned ? (ulong)(int)Word(at + 4) : Word(at + 4));

    private (int Name, ulong Value) WideEnumeratorAt(int at) => ((int)Word(at), Word(at + 4) | ((ulong)Word(at + 8) << 32));
}
