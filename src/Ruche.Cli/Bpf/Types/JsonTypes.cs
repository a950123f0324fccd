// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text.Json;
using Ruche.Bpf.Objects.Btf;
using Ruche.Cli.Bpf.Listing;
using static Ruche.Cli.Bpf.Types.JsonWords;

namespace Ruche.Cli.Bpf.Types;

/// <summary>Writes types as one JSON document, byte for byte bpftool's.</summary>
internal static class JsonTypes
{
    private const int FlushAt = 1 << 15;

    /// <summary>Writes the types with these ids; all when there are none.</summary>
    public static void Write(BtfSpec spec, ImmutableArray<int> ids, Stream output)
    {
        using (Utf8JsonWriter json = new(output, ListingOutput.JsonOptions with { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("types");
            int first = Math.Max(1, spec.FirstId);
            foreach (int id in ids.IsEmpty ? Enumerable.Range(first, spec.Count - first) : ids)
            {
                json.WriteStartObject();
                json.WriteNumber(Id, id);
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
        json.WriteString(Kind, RawTypes.KindOf(type));
        WriteName(json, type.Name);
        switch (type)
        {
            case BtfType.Int x:
                json.WriteNumber(Size, x.Size);
                json.WriteNumber(BitsOffset, x.BitOffset);
                json.WriteNumber(Bits, x.Bits);
                json.WriteString(Encoding, RawTypes.EncodingOf(x));
                break;
            case BtfType.Pointer x: json.WriteNumber(TypeId, x.Target); break;
            case BtfType.Typedef x: json.WriteNumber(TypeId, x.Target); break;
            case BtfType.Volatile x: json.WriteNumber(TypeId, x.Target); break;
            case BtfType.Const x: json.WriteNumber(TypeId, x.Target); break;
            case BtfType.Restrict x: json.WriteNumber(TypeId, x.Target); break;
            case BtfType.TypeTag x: json.WriteNumber(TypeId, x.Target); break;
            case BtfType.Array x:
                json.WriteNumber(TypeId, x.Element);
                json.WriteNumber(IndexTypeId, x.Index);
                json.WriteNumber(Elements, x.Count);
                break;
            case BtfType.Composite x:
                json.WriteNumber(Size, x.Size);
                WriteEach(json, Members, x.Members, WriteMember);
                break;
            case BtfType.Enum x: WriteEnum(json, x); break;
            case BtfType.Forward x: json.WriteString(ForwardKind, x.IsUnion ? "union" : "struct"); break;
            case BtfType.Function x: WriteTargetAndLinkage(json, x.Prototype, x.Linkage); break;
            case BtfType.FunctionPrototype x:
                json.WriteNumber(ReturnTypeId, x.Return);
                WriteEach(json, Parameters, x.Parameters, WriteParameter);
                break;
            case BtfType.Variable x: WriteTargetAndLinkage(json, x.Target, x.Linkage); break;
            case BtfType.DataSection x:
                json.WriteNumber(Size, x.Size);
                WriteEach(json, Variables, x.Variables, WriteVariable);
                break;
            case BtfType.Float x: json.WriteNumber(Size, x.Size); break;
            case BtfType.DeclTag x:
                json.WriteNumber(TypeId, x.Target);
                json.WriteNumber(Component, x.Component);
                break;
            default: break;
        }
    }

    private static void WriteName(Utf8JsonWriter json, string name)
    {
        if (name.Length > 0) json.WriteString(Name, name);
        else json.WriteString(Name, Anonymous);
    }

    private static void WriteTargetAndLinkage(Utf8JsonWriter json, int target, BtfLinkage linkage)
    {
        json.WriteNumber(TypeId, target);
        json.WriteString(Linkage, RawTypes.Linkage(linkage));
    }

    private static void WriteEnum(Utf8JsonWriter json, BtfType.Enum type)
    {
        json.WriteString(Encoding, type.IsSigned ? "SIGNED" : "UNSIGNED");
        json.WriteNumber(Size, type.Size);
        WriteEach(json, Values, type.Values, type.IsSigned ? WriteSigned : type.Is64 ? WriteUnsigned : WriteExtended);
    }

    /// <summary>How many parts a type has, and each as an object.</summary>
    private static void WriteEach<T>(Utf8JsonWriter json, JsonEncodedText name, ImmutableArray<T> parts, Action<Utf8JsonWriter, T> write)
    {
        json.WriteNumber(Length, parts.Length);
        json.WriteStartArray(name);
        foreach (T part in parts)
        {
            json.WriteStartObject();
            write(json, part);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMember(Utf8JsonWriter json, BtfMember member)
    {
        WriteName(json, member.Name);
        json.WriteNumber(TypeId, member.Type);
        json.WriteNumber(BitsOffset, member.BitOffset);
        if (member.BitSize > 0) json.WriteNumber(BitFieldSize, member.BitSize);
    }

    private static void WriteParameter(Utf8JsonWriter json, BtfParameter parameter)
    {
        WriteName(json, parameter.Name);
        json.WriteNumber(TypeId, parameter.Type);
    }

    private static void WriteVariable(Utf8JsonWriter json, BtfSectionVariable variable)
    {
        json.WriteNumber(TypeId, variable.Type);
        json.WriteNumber(Offset, variable.Offset);
        json.WriteNumber(Size, variable.Size);
    }

    private static void WriteSigned(Utf8JsonWriter json, BtfEnumerator value)
    {
        json.WriteString(Name, value.Name);
        json.WriteNumber(Value, (long)value.Value);
    }

    private static void WriteUnsigned(Utf8JsonWriter json, BtfEnumerator value)
    {
        json.WriteString(Name, value.Name);
        json.WriteNumber(Value, value.Value);
    }

    // bpftool takes 32 bits as signed whatever the enumeration says: 0x80000000 is 18446744071562067968 there, and for its readers.
    private static void WriteExtended(Utf8JsonWriter json, BtfEnumerator value) => WriteUnsigned(json, value with { Value = (ulong)(int)value.Value });
}
