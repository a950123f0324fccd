// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text.Json;
using Ruche.Bpf.Objects.Btf;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Types;

/// <summary>Writes types as one JSON document, named as bpftool names them.</summary>
internal static class JsonTypes
{
    private const int FlushAt = 1 << 15;

    /// <summary>Writes the types with these ids; all when there are none.</summary>
    public static void Write(BtfSpec spec, ImmutableArray<int> ids, Stream output)
    {
        using (Utf8JsonWriter json = new(output, ListingOutput.JsonOptions))
        {
            json.WriteStartObject();
            json.WriteStartArray("types");
            int first = Math.Max(1, spec.FirstId);
            foreach (int id in ids.IsEmpty ? Enumerable.Range(first, spec.Count - first) : ids)
            {
                json.WriteStartObject();
                json.WriteNumber("id", id);
                Write(json, spec[id]);
                json.WriteEndObject();
                if (json.BytesPending > FlushAt) json.Flush();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, BtfType type)
    {
        json.WriteString("kind", RawTypes.KindOf(type));
        WriteName(json, type.Name);
        switch (type)
        {
            case BtfType.Int x: WriteInt(json, x); break;
            case BtfType.Pointer x: json.WriteNumber("type_id", x.Target); break;
            case BtfType.Typedef x: json.WriteNumber("type_id", x.Target); break;
            case BtfType.Volatile x: json.WriteNumber("type_id", x.Target); break;
            case BtfType.Const x: json.WriteNumber("type_id", x.Target); break;
            case BtfType.Restrict x: json.WriteNumber("type_id", x.Target); break;
            case BtfType.TypeTag x: json.WriteNumber("type_id", x.Target); break;
            case BtfType.Array x: WriteArray(json, x); break;
            case BtfType.Composite x: WriteComposite(json, x); break;
            case BtfType.Enum x: WriteEnum(json, x); break;
            case BtfType.Forward x: json.WriteString("fwd_kind", x.IsUnion ? "union" : "struct"); break;
            case BtfType.Function x: WriteTargetAndLinkage(json, x.Prototype, x.Linkage); break;
            case BtfType.FunctionPrototype x: WritePrototype(json, x); break;
            case BtfType.Variable x: WriteTargetAndLinkage(json, x.Target, x.Linkage); break;
            case BtfType.DataSection x: WriteSection(json, x); break;
            case BtfType.Float x: json.WriteNumber("size", x.Size); break;
            case BtfType.DeclTag x:
                json.WriteNumber("type_id", x.Target);
                json.WriteNumber("component_idx", x.Component);
                break;
            default: break;
        }
    }

    private static void WriteName(Utf8JsonWriter json, string name) => json.WriteString("name", name.Length > 0 ? name : "(anon)");

    private static void WriteInt(Utf8JsonWriter json, BtfType.Int type)
    {
        json.WriteNumber("size", type.Size);
        json.WriteNumber("bits_offset", type.BitOffset);
        json.WriteNumber("nr_bits", type.Bits);
        json.WriteString("encoding", RawTypes.EncodingOf(type));
    }

    private static void WriteArray(Utf8JsonWriter json, BtfType.Array type)
    {
        json.WriteNumber("type_id", type.Element);
        json.WriteNumber("index_type_id", type.Index);
        json.WriteNumber("nr_elems", type.Count);
    }

    private static void WriteComposite(Utf8JsonWriter json, BtfType.Composite type)
    {
        json.WriteNumber("size", type.Size);
        json.WriteNumber("vlen", type.Members.Length);
        json.WriteStartArray("members");
        foreach (BtfMember member in type.Members)
        {
            json.WriteStartObject();
            WriteName(json, member.Name);
            json.WriteNumber("type_id", member.Type);
            json.WriteNumber("bits_offset", member.BitOffset);
            if (member.BitSize > 0) json.WriteNumber("bitfield_size", member.BitSize);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEnum(Utf8JsonWriter json, BtfType.Enum type)
    {
        json.WriteString("encoding", type.IsSigned ? "SIGNED" : "UNSIGNED");
        json.WriteNumber("size", type.Size);
        json.WriteNumber("vlen", type.Values.Length);
        json.WriteStartArray("values");
        foreach (BtfEnumerator value in type.Values)
        {
            json.WriteStartObject();
            json.WriteString("name", value.Name);
            if (type.IsSigned) json.WriteNumber("val", (long)value.Value);
            else json.WriteNumber("val", value.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTargetAndLinkage(Utf8JsonWriter json, int target, BtfLinkage linkage)
    {
        json.WriteNumber("type_id", target);
        json.WriteString("linkage", RawTypes.Linkage(linkage));
    }

    private static void WritePrototype(Utf8JsonWriter json, BtfType.FunctionPrototype type)
    {
        json.WriteNumber("ret_type_id", type.Return);
        json.WriteNumber("vlen", type.Parameters.Length);
        json.WriteStartArray("params");
        foreach (BtfParameter parameter in type.Parameters)
        {
            json.WriteStartObject();
            WriteName(json, parameter.Name);
            json.WriteNumber("type_id", parameter.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSection(Utf8JsonWriter json, BtfType.DataSection type)
    {
        json.WriteNumber("size", type.Size);
        json.WriteNumber("vlen", type.Variables.Length);
        json.WriteStartArray("vars");
        foreach (BtfSectionVariable variable in type.Variables)
        {
            json.WriteStartObject();
            json.WriteNumber("type_id", variable.Type);
            json.WriteNumber("offset", variable.Offset);
            json.WriteNumber("size", variable.Size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
