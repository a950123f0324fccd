// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;

namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>
/// Puts one type after the other as a JSON object. A kernel has 300,000 names in them, which are copied as they are stored; only kinds of
/// which there are few are decoded.
/// </summary>
internal sealed class JsonDefinitions(BtfSpec spec, Utf8Text text)
{
    // What stands in a JSON string as it is: printable ASCII but the quotation mark and the backslash.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Where(c => c is not ('"' or '\\')).Select(c => (byte)c)]);

    /// <summary>Writes the type with an id.</summary>
    public void Write(int id)
    {
        var kind = spec.KindOf(id);
        text.Add("{\"id\":"u8).Add((long)id).Add(",\"kind\":\""u8).Add(NameOf(kind)).Add("\",\"name\":"u8);
        AddName(spec.NameBytesOf(id));
        switch (kind)
        {
            case BtfKind.Pointer or BtfKind.Typedef or BtfKind.Volatile or BtfKind.Const or BtfKind.Restrict or BtfKind.TypeTag:
                Add(",\"type_id\":"u8, spec.TargetOf(id));
                break;
            case BtfKind.Struct or BtfKind.Union: AddMembers(id); break;
            case BtfKind.Enum or BtfKind.Enum64: AddEnumerators(id); break;
            case BtfKind.Function: AddTargetAndLinkage(spec.TargetOf(id), spec.LinkageOf(id)); break;
            case BtfKind.FunctionPrototype: AddParameters(id); break;
            default: AddDecoded(spec[id]); break;
        }

        text.Add('}');
    }

    private static ReadOnlySpan<byte> NameOf(BtfKind kind) => kind switch
    {
        BtfKind.Void => "VOID"u8,
        BtfKind.Int => "INT"u8,
        BtfKind.Pointer => "PTR"u8,
        BtfKind.Array => "ARRAY"u8,
        BtfKind.Struct => "STRUCT"u8,
        BtfKind.Union => "UNION"u8,
        BtfKind.Enum => "ENUM"u8,
        BtfKind.Enum64 => "ENUM64"u8,
        BtfKind.Forward => "FWD"u8,
        BtfKind.Typedef => "TYPEDEF"u8,
        BtfKind.Volatile => "VOLATILE"u8,
        BtfKind.Const => "CONST"u8,
        BtfKind.Restrict => "RESTRICT"u8,
        BtfKind.Function => "FUNC"u8,
        BtfKind.FunctionPrototype => "FUNC_PROTO"u8,
        BtfKind.Variable => "VAR"u8,
        BtfKind.DataSection => "DATASEC"u8,
        BtfKind.Float => "FLOAT"u8,
        BtfKind.DeclTag => "DECL_TAG"u8,
        BtfKind.TypeTag => "TYPE_TAG"u8,
        _ => "UNKNOWN"u8,
    };

    private void AddDecoded(BtfType type)
    {
        switch (type)
        {
            case BtfType.Int x:
                Add(",\"size\":"u8, x.Size);
                Add(",\"bits_offset\":"u8, x.BitOffset);
                Add(",\"nr_bits\":"u8, x.Bits);
                text.Add(x.Encoding switch
                {
                    IntEncoding.Signed => ",\"encoding\":\"SIGNED\""u8,
                    IntEncoding.Char => ",\"encoding\":\"CHAR\""u8,
                    IntEncoding.Bool => ",\"encoding\":\"BOOL\""u8,
                    _ => ",\"encoding\":\"(none)\""u8,
                });
                break;
            case BtfType.Array x:
                Add(",\"type_id\":"u8, x.Element);
                Add(",\"index_type_id\":"u8, x.Index);
                Add(",\"nr_elems\":"u8, x.Count);
                break;
            case BtfType.Forward x: text.Add(x.IsUnion ? ",\"fwd_kind\":\"union\""u8 : ",\"fwd_kind\":\"struct\""u8); break;
            case BtfType.Variable x: AddTargetAndLinkage(x.Target, x.Linkage); break;
            case BtfType.DataSection x: AddVariables(x); break;
            case BtfType.Float x: Add(",\"size\":"u8, x.Size); break;
            case BtfType.DeclTag x:
                Add(",\"type_id\":"u8, x.Target);
                Add(",\"component_idx\":"u8, x.Component);
                break;
            case BtfType.Void: break;
            default: throw new UnreachableException($"no case for {type.GetType().Name}");
        }
    }

    private void AddMembers(int id)
    {
        int count = spec.LengthOf(id);
        Add(",\"size\":"u8, spec.SizeOf(id));
        Add(",\"vlen\":"u8, count);
        text.Add(",\"members\":["u8);
        for (int i = 0; i < count; i++)
        {
            var member = spec.FieldAt(id, i);
            StartPart(i);
            AddName(spec.BytesAt(member.Name));
            Add(",\"type_id\":"u8, member.Type);
            Add(",\"bits_offset\":"u8, member.BitOffset);
            if (member.BitSize > 0) Add(",\"bitfield_size\":"u8, member.BitSize);
            text.Add('}');
        }

        text.Add(']');
    }

    private void AddEnumerators(int id)
    {
        int count = spec.LengthOf(id);
        bool isSigned = BtfInfo.Flag(spec.InfoOf(id)), is64 = spec.KindOf(id) is BtfKind.Enum64;
        text.Add(isSigned ? ",\"encoding\":\"SIGNED\""u8 : ",\"encoding\":\"UNSIGNED\""u8);
        Add(",\"size\":"u8, spec.SizeOf(id));
        Add(",\"vlen\":"u8, count);
        text.Add(",\"values\":["u8);
        for (int i = 0; i < count; i++)
        {
            var (name, value) = spec.EnumeratorAt(id, i);
            StartPart(i);
            AddText(spec.BytesAt(name));
            text.Add(",\"val\":"u8);
            // bpftool takes 32 bits as signed whatever the enumeration says: 0x80000000 is 18446744071562067968 there, and for its readers.
            if (isSigned) text.Add((long)value);
            else text.Add(is64 ? value : (ulong)(int)value);
            text.Add('}');
        }

        text.Add(']');
    }

    private void AddParameters(int id)
    {
        int count = spec.LengthOf(id);
        Add(",\"ret_type_id\":"u8, spec.TargetOf(id));
        Add(",\"vlen\":"u8, count);
        text.Add(",\"params\":["u8);
        for (int i = 0; i < count; i++)
        {
            var (name, type) = spec.ParameterAt(id, i);
            StartPart(i);
            AddName(spec.BytesAt(name));
            Add(",\"type_id\":"u8, type);
            text.Add('}');
        }

        text.Add(']');
    }

    private void AddVariables(BtfType.DataSection type)
    {
        Add(",\"size\":"u8, type.Size);
        Add(",\"vlen\":"u8, type.Variables.Length);
        text.Add(",\"vars\":["u8);
        for (int i = 0; i < type.Variables.Length; i++)
        {
            var variable = type.Variables[i];
            if (i > 0) text.Add(',');
            Add("{\"type_id\":"u8, variable.Type);
            Add(",\"offset\":"u8, variable.Offset);
            Add(",\"size\":"u8, variable.Size);
            text.Add('}');
        }

        text.Add(']');
    }

    private void AddTargetAndLinkage(int target, BtfLinkage linkage)
    {
        Add(",\"type_id\":"u8, target);
        text.Add(linkage switch
        {
            BtfLinkage.Static => ",\"linkage\":\"static\""u8,
            BtfLinkage.Global => ",\"linkage\":\"global\""u8,
            _ => ",\"linkage\":\"extern\""u8,
        });
    }

    private void StartPart(int index) => text.Add(index == 0 ? "{\"name\":"u8 : ",{\"name\":"u8);

    private void Add(ReadOnlySpan<byte> label, int number) => text.Add(label).Add((long)number);

    private void AddName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) text.Add("\"(anon)\""u8);
        else AddText(name);
    }

    private void AddText(ReadOnlySpan<byte> bytes)
    {
        text.Add('"');
        if (bytes.ContainsAnyExcept(Plain)) text.Add(Encoding.UTF8.GetBytes(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Encoding.UTF8.GetString(bytes))));
        else text.Add(bytes);
        text.Add('"');
    }
}
