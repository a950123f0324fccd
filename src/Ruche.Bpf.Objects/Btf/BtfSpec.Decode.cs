// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Objects.Btf;

public sealed partial class BtfSpec
{
    private BtfType Decode(int index)
    {
        int at = _offsets[index];
        uint info = Word(at + 4);
        var type = Decode((BtfKind)BtfInfo.Kind(info), info, at, FirstId + index);
        int name = (int)Word(at);
        return name == 0 ? type : type with { Name = StringAt(name) };
    }

    private BtfType Decode(BtfKind kind, uint info, int at, int id)
    {
        uint last = Word(at + 8);
        int body = at + BtfKindLayout.CommonSize;
        return kind switch
        {
            BtfKind.Int => DecodeInt(Size(last, id), Word(body)),
            BtfKind.Pointer => new BtfType.Pointer((int)last),
            BtfKind.Array => new BtfType.Array((int)Word(body), (int)Word(body + 4), Size(Word(body + 8), id)),
            BtfKind.Struct or BtfKind.Union => new BtfType.Composite(kind is BtfKind.Union, Size(last, id), DecodeMembers(info, body, id)),
            BtfKind.Enum => new BtfType.Enum(Size(last, id), BtfInfo.Flag(info), Is64: false, DecodeEnumerators(info, body)),
            BtfKind.Enum64 => new BtfType.Enum(Size(last, id), BtfInfo.Flag(info), Is64: true, DecodeWideEnumerators(info, body)),
            BtfKind.Forward => new BtfType.Forward(BtfInfo.Flag(info)),
            BtfKind.Typedef => new BtfType.Typedef((int)last),
            BtfKind.Volatile => new BtfType.Volatile((int)last),
            BtfKind.Const => new BtfType.Const((int)last),
            BtfKind.Restrict => new BtfType.Restrict((int)last),
            BtfKind.Function => new BtfType.Function((int)last, Linkage((uint)BtfInfo.Length(info), id)),
            BtfKind.FunctionPrototype => new BtfType.FunctionPrototype((int)last, DecodeParameters(info, body)),
            BtfKind.Variable => new BtfType.Variable((int)last, Linkage(Word(body), id)),
            BtfKind.DataSection => new BtfType.DataSection(Size(last, id), DecodeVariables(info, body, id)),
            BtfKind.Float => new BtfType.Float(Size(last, id)),
            BtfKind.DeclTag => new BtfType.DeclTag((int)last, (int)Word(body), BtfInfo.Flag(info)),
            BtfKind.TypeTag => new BtfType.TypeTag((int)last, BtfInfo.Flag(info)),
            _ => ThrowUnreadable(kind, id, at),
        };
    }

    private static BtfType.Int DecodeInt(int size, uint word) =>
        new(size, (IntEncoding)((word >> 24) & 0xf), (int)(word >> 16) & 0xff, (int)word & 0xff);

    private ImmutableArray<BtfMember> DecodeMembers(uint info, int at, int id)
    {
        var members = new BtfMember[BtfInfo.Length(info)];
        bool hasBitSizes = BtfInfo.Flag(info);
        for (int i = 0; i < members.Length; i++, at += BtfField.StoredSize)
        {
            var field = FieldAt(hasBitSizes, at, id);
            members[i] = new(StringAt(field.Name), field.Type, field.BitOffset, field.BitSize);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(members);
    }

    private ImmutableArray<BtfEnumerator> DecodeEnumerators(uint info, int at)
    {
        var values = new BtfEnumerator[BtfInfo.Length(info)];
        bool isSigned = BtfInfo.Flag(info);
        for (int i = 0; i < values.Length; i++, at += 8)
        {
            var (name, value) = EnumeratorAt(isSigned, at);
            values[i] = new(StringAt(name), value);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private ImmutableArray<BtfEnumerator> DecodeWideEnumerators(uint info, int at)
    {
        var values = new BtfEnumerator[BtfInfo.Length(info)];
        for (int i = 0; i < values.Length; i++, at += 12)
        {
            var (name, value) = WideEnumeratorAt(at);
            values[i] = new(StringAt(name), value);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private ImmutableArray<BtfParameter> DecodeParameters(uint info, int at)
    {
        var parameters = new BtfParameter[BtfInfo.Length(info)];
        for (int i = 0; i < parameters.Length; i++, at += 8)
            parameters[i] = new(StringAt((int)Word(at)), (int)Word(at + 4));
        return ImmutableCollectionsMarshal.AsImmutableArray(parameters);
    }

    private ImmutableArray<BtfSectionVariable> DecodeVariables(uint info, int at, int id)
    {
        var variables = new BtfSectionVariable[BtfInfo.Length(info)];
        for (int i = 0; i < variables.Length; i++, at += 12)
            variables[i] = new((int)Word(at), Size(Word(at + 4), id), Size(Word(at + 8), id));
        return ImmutableCollectionsMarshal.AsImmutableArray(variables);
    }

    private int Size(uint value, int id)
    {
        if (value > int.MaxValue)
            _source.Throw(BtfDiagnostics.BadType, $"type {id} has a size or offset of {value}, expected at most {int.MaxValue}", _offsets[id - FirstId]);
        return (int)value;
    }

    private BtfLinkage Linkage(uint value, int id)
    {
        if (value > (uint)BtfLinkage.Extern)
            _source.Throw(BtfDiagnostics.BadType, $"type {id} has the linkage {value}, expected 0 to 2", _offsets[id - FirstId]);
        return (BtfLinkage)value;
    }

    [DoesNotReturn]
    private BtfType ThrowUnreadable(BtfKind kind, int id, int at) => throw new Diagnostics.InvalidObjectException(
        _source.Error(BtfDiagnostics.UnknownKind, $"type {id} has the kind {(int)kind}, which is newer than this reader", at));
}
