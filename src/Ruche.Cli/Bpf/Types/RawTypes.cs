// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Cli.Bpf.Types;

/// <summary>Writes types one by one as they are stored, with their ids.</summary>
internal static class RawTypes
{
    /// <summary>Writes the types with these ids; all when there are none.</summary>
    public static void Write(BtfSpec spec, ImmutableArray<int> ids, TextWriter output)
    {
        StringBuilder text = new();
        foreach (int id in ids.IsEmpty ? Enumerable.Range(Math.Max(1, spec.FirstId), spec.Count - Math.Max(1, spec.FirstId)) : ids)
        {
            text.Clear();
            Append(text, spec, id);
            output.Write(text);
        }
    }

    /// <summary>The kind as bpftool writes it.</summary>
    public static string KindOf(BtfType type) => type switch
    {
        BtfType.Void => "VOID",
        BtfType.Int => "INT",
        BtfType.Pointer => "PTR",
        BtfType.Array => "ARRAY",
        BtfType.Composite x => x.IsUnion ? "UNION" : "STRUCT",
        BtfType.Enum x => x.Is64 ? "ENUM64" : "ENUM",
        BtfType.Forward => "FWD",
        BtfType.Typedef => "TYPEDEF",
        BtfType.Volatile => "VOLATILE",
        BtfType.Const => "CONST",
        BtfType.Restrict => "RESTRICT",
        BtfType.Function => "FUNC",
        BtfType.FunctionPrototype => "FUNC_PROTO",
        BtfType.Variable => "VAR",
        BtfType.DataSection => "DATASEC",
        BtfType.Float => "FLOAT",
        BtfType.DeclTag => "DECL_TAG",
        BtfType.TypeTag => "TYPE_TAG",
        _ => throw new System.Diagnostics.UnreachableException($"no case for {type.GetType().Name}"),
    };

    /// <summary>How an integer is to be read, as bpftool writes it.</summary>
    public static string EncodingOf(BtfType.Int type) => type.Encoding switch
    {
        IntEncoding.Signed => "SIGNED",
        IntEncoding.Char => "CHAR",
        IntEncoding.Bool => "BOOL",
        _ => "(none)",
    };

    private static string Name(string name) => name.Length > 0 ? name : "(anon)";

    private static void Append(StringBuilder text, BtfSpec spec, int id)
    {
        BtfType type = spec[id];
        text.Append(CultureInfo.InvariantCulture, $"[{id}] {KindOf(type)} '{Name(type.Name)}'");
        switch (type)
        {
            case BtfType.Int x:
                text.Append(CultureInfo.InvariantCulture, $" size={x.Size} bits_offset={x.BitOffset} nr_bits={x.Bits} encoding={EncodingOf(x)}");
                break;
            case BtfType.Pointer x: AppendTarget(text, x.Target); break;
            case BtfType.Typedef x: AppendTarget(text, x.Target); break;
            case BtfType.Volatile x: AppendTarget(text, x.Target); break;
            case BtfType.Const x: AppendTarget(text, x.Target); break;
            case BtfType.Restrict x: AppendTarget(text, x.Target); break;
            case BtfType.TypeTag x: AppendTarget(text, x.Target); break;
            case BtfType.Array x: text.Append(CultureInfo.InvariantCulture, $" type_id={x.Element} index_type_id={x.Index} nr_elems={x.Count}"); break;
            case BtfType.Composite x: AppendMembers(text, x); break;
            case BtfType.Enum x: AppendEnumerators(text, x); break;
            case BtfType.Forward x: text.Append(x.IsUnion ? " fwd_kind=union" : " fwd_kind=struct"); break;
            case BtfType.Function x: text.Append(CultureInfo.InvariantCulture, $" type_id={x.Prototype} linkage={Linkage(x.Linkage)}"); break;
            case BtfType.FunctionPrototype x: AppendParameters(text, x); break;
            case BtfType.Variable x: text.Append(CultureInfo.InvariantCulture, $" type_id={x.Target}, linkage={Linkage(x.Linkage)}"); break;
            case BtfType.DataSection x: AppendVariables(text, spec, x); break;
            case BtfType.Float x: text.Append(CultureInfo.InvariantCulture, $" size={x.Size}"); break;
            case BtfType.DeclTag x: text.Append(CultureInfo.InvariantCulture, $" type_id={x.Target} component_idx={x.Component}"); break;
            default: break;
        }

        text.Append('\n');
    }

    /// <summary>The linkage as bpftool writes it.</summary>
    public static string Linkage(BtfLinkage linkage) => linkage switch
    {
        BtfLinkage.Static => "static",
        BtfLinkage.Global => "global",
        _ => "extern",
    };

    private static void AppendTarget(StringBuilder text, int target) => text.Append(CultureInfo.InvariantCulture, $" type_id={target}");

    private static void AppendMembers(StringBuilder text, BtfType.Composite type)
    {
        text.Append(CultureInfo.InvariantCulture, $" size={type.Size} vlen={type.Members.Length}");
        foreach (BtfMember member in type.Members)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\t'{Name(member.Name)}' type_id={member.Type} bits_offset={member.BitOffset}");
            if (member.BitSize > 0) text.Append(CultureInfo.InvariantCulture, $" bitfield_size={member.BitSize}");
        }
    }

    private static void AppendEnumerators(StringBuilder text, BtfType.Enum type)
    {
        text.Append(CultureInfo.InvariantCulture, $" encoding={(type.IsSigned ? "SIGNED" : "UNSIGNED")} size={type.Size} vlen={type.Values.Length}");
        foreach (BtfEnumerator value in type.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\t'{value.Name}' val=");
            if (type.IsSigned) text.Append(CultureInfo.InvariantCulture, $"{(long)value.Value}");
            else text.Append(CultureInfo.InvariantCulture, $"{value.Value}");
            if (type.Is64) text.Append(type.IsSigned ? "LL" : "ULL");
        }
    }

    private static void AppendParameters(StringBuilder text, BtfType.FunctionPrototype type)
    {
        text.Append(CultureInfo.InvariantCulture, $" ret_type_id={type.Return} vlen={type.Parameters.Length}");
        foreach (BtfParameter parameter in type.Parameters) text.Append(CultureInfo.InvariantCulture, $"\n\t'{Name(parameter.Name)}' type_id={parameter.Type}");
    }

    private static void AppendVariables(StringBuilder text, BtfSpec spec, BtfType.DataSection type)
    {
        text.Append(CultureInfo.InvariantCulture, $" size={type.Size} vlen={type.Variables.Length}");
        foreach (BtfSectionVariable variable in type.Variables)
            text.Append(CultureInfo.InvariantCulture, $"\n\ttype_id={variable.Type} offset={variable.Offset} size={variable.Size} ({KindOf(spec[variable.Type])} '{spec.NameOf(variable.Type)}')");
    }
}
