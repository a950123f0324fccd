// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Tests.Btf;

/// <summary>Every type as bpftool reads it, against every type as we do.</summary>
public sealed class BtfBpftoolTests
{
    [Theory]
    [InlineData("bpfel")]
    [InlineData("bpfeb")]
    public void Types_of_an_object_are_what_bpftool_reads(string target)
    {
        var sample = BtfSamples.Compile(target: target);
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, sample.Elf);

            Compare(file, BtfSpec.Read(sample.Btf));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Types_of_the_kernel_are_what_bpftool_reads() => Compare(BtfSamples.KernelPath, BtfSamples.OpenKernel());

    private static void Compare(string file, BtfSpec spec)
    {
        using var dump = JsonDocument.Parse(BtfSamples.Run("bpftool", "-j", "btf", "dump", "file", file));
        var types = dump.RootElement.GetProperty("types").EnumerateArray().ToArray();

        Assert.Equal(spec.Count - 1, types.Length);
        for (int id = 1; id < spec.Count; id++) Assert.Equal(Of(types[id - 1]), Of(id, spec[id]));
    }

    private static string Of(int id, BtfType type)
    {
        string name = type.Name.Length == 0 ? "(anon)" : type.Name;
        return type switch
        {
            BtfType.Int x => $"{id} INT {name} {x.Size} {x.BitOffset} {x.Bits}",
            BtfType.Pointer x => $"{id} PTR {name} {x.Target}",
            BtfType.Array x => $"{id} ARRAY {name} {x.Element} {x.Index} {(uint)x.Count}",
            BtfType.Composite x => $"{id} {(x.IsUnion ? "UNION" : "STRUCT")} {name} {x.Size} {Each(x.Members, m =>
                $"{Anonymous(m.Name)} {m.Type} {m.BitOffset} {m.BitSize}")}",
            BtfType.Enum x => $"{id} {(x.Is64 ? "ENUM64" : "ENUM")} {name} {x.Size} {Each(x.Values, v => v.Name)}",
            BtfType.Forward x => $"{id} FWD {name} {(x.IsUnion ? "union" : "struct")}",
            BtfType.Typedef x => $"{id} TYPEDEF {name} {x.Target}",
            BtfType.Volatile x => $"{id} VOLATILE {name} {x.Target}",
            BtfType.Const x => $"{id} CONST {name} {x.Target}",
            BtfType.Restrict x => $"{id} RESTRICT {name} {x.Target}",
            BtfType.Function x => $"{id} FUNC {name} {x.Prototype} {Name(x.Linkage)}",
            BtfType.FunctionPrototype x => $"{id} FUNC_PROTO {name} {x.Return} {Each(x.Parameters, p => $"{Anonymous(p.Name)} {p.Type}")}",
            BtfType.Variable x => $"{id} VAR {name} {x.Target} {Name(x.Linkage)}",
            BtfType.DataSection x => $"{id} DATASEC {name} {x.Size} {Each(x.Variables, v => $"{v.Type} {v.Offset} {v.Size}")}",
            BtfType.Float x => $"{id} FLOAT {name} {x.Size}",
            BtfType.DeclTag x => $"{id} DECL_TAG {name} {x.Target} {x.Component}",
            BtfType.TypeTag x => $"{id} TYPE_TAG {name} {x.Target}",
            _ => throw new InvalidOperationException(type.GetType().Name),
        };
    }

    private static string Of(JsonElement type)
    {
        string kind = type.GetProperty("kind").GetString()!;
        string head = $"{Number(type, "id")} {kind} {type.GetProperty("name").GetString()}";
        return kind switch
        {
            "INT" => $"{head} {Number(type, "size")} {Number(type, "bits_offset")} {Number(type, "nr_bits")}",
            "ARRAY" => $"{head} {Number(type, "type_id")} {Number(type, "index_type_id")} {Number(type, "nr_elems")}",
            "STRUCT" or "UNION" => $"{head} {Number(type, "size")} {Each(type.GetProperty("members").EnumerateArray(), m =>
                $"{m.GetProperty("name").GetString()} {Number(m, "type_id")} {Number(m, "bits_offset")} {Number(m, "bitfield_size")}")}",
            "ENUM" or "ENUM64" => $"{head} {Number(type, "size")} {Each(type.GetProperty("values").EnumerateArray(), v => v.GetProperty("name").GetString()!)}",
            "FWD" => $"{head} {type.GetProperty("fwd_kind").GetString()}",
            "FUNC" or "VAR" => $"{head} {Number(type, "type_id")} {type.GetProperty("linkage").GetString()}",
            "FUNC_PROTO" => $"{head} {Number(type, "ret_type_id")} {Each(type.GetProperty("params").EnumerateArray(), p =>
                $"{p.GetProperty("name").GetString()} {Number(p, "type_id")}")}",
            "DATASEC" => $"{head} {Number(type, "size")} {Each(type.GetProperty("vars").EnumerateArray(), v =>
                $"{Number(v, "type_id")} {Number(v, "offset")} {Number(v, "size")}")}",
            "FLOAT" => $"{head} {Number(type, "size")}",
            "DECL_TAG" => $"{head} {Number(type, "type_id")} {(int)Number(type, "component_idx")}",
            _ => $"{head} {Number(type, "type_id")}",
        };
    }

    private static long Number(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetInt64() : 0;

    private static string Each<T>(IEnumerable<T> items, Func<T, string> text) => string.Create(CultureInfo.InvariantCulture, $"[{string.Join(", ", items.Select(text))}]");

    private static string Anonymous(string name) => name.Length == 0 ? "(anon)" : name;

    private static string Name(BtfLinkage linkage) => linkage switch
    {
        BtfLinkage.Static => "static",
        BtfLinkage.Global => "global",
        _ => "extern",
    };
}
