// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Rendering;

namespace Ruche.Bpf.Objects.Tests.Btf.Rendering;

public sealed class JsonRendererTests
{
    [Theory]
    [InlineData(ByteOrder.Little)]
    [InlineData(ByteOrder.Big)]
    public void Every_kind_is_written_as_bpftool_writes_it(ByteOrder order)
    {
        byte[] image = EveryKind().Write(order);
        var spec = BtfSpec.Read(image);
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, image);

            Assert.Equal(BtfSamples.Run("bpftool", "-j", "btf", "dump", "file", file), Render(spec));
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal(Enum.GetValues<BtfKind>(), Enumerable.Range(0, spec.Count).Select(spec.KindOf).Distinct().Order());
    }

    [Fact]
    public void Types_of_the_kernel_are_written_as_bpftool_writes_them()
    {
        var kernel = BtfSamples.OpenKernel();

        Assert.Equal(BtfSamples.Run("bpftool", "-j", "btf", "dump", "file", BtfSamples.KernelPath), Render(kernel));
    }

    [Fact]
    public void Names_are_escaped_as_everywhere_in_our_JSON()
    {
        string[] names = [.. Enumerable.Range(1, 0x7f).Select(c => $"a{(char)c}"), "größe", "line\u2028end", "bee 🐝", "\\\"\u00a0"];
        BtfBuilder builder = new();
        foreach (string name in names) builder.Add(new BtfType.Forward(IsUnion: false) { Name = name });

        string json = Render(builder.Build());

        var expected = names.Select((name, i) =>
            $$"""{"id":{{i + 1}},"kind":"FWD","name":"{{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}","fwd_kind":"struct"}""");
        Assert.Equal($$"""{"types":[{{string.Join(',', expected)}}]}""" + "\n", json);
    }

    [Fact]
    public void Only_the_types_asked_for_are_written()
    {
        BtfBuilder builder = new();
        int number = builder.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
        int pointer = builder.Add(new BtfType.Pointer(number));

        string json = Render(builder.Build(), [pointer, 0]);

        Assert.Equal("""{"types":[{"id":2,"kind":"PTR","name":"(anon)","type_id":1},{"id":0,"kind":"VOID","name":"(anon)"}]}""" + "\n", json);
    }

    [Fact]
    public void Of_a_split_set_its_own_types_are_written_and_others_when_asked_for()
    {
        BtfBuilder shared = new();
        int number = shared.Add(new BtfType.Int(4, IntEncoding.None, 0, 32) { Name = "u32" });
        int function = shared.Add(new BtfType.Function(shared.Add(new BtfType.FunctionPrototype(0, [new("n", number)])), BtfLinkage.Global) { Name = "f" });
        BtfBuilder split = new(shared.Build());
        int structure = split.Add(new BtfType.Composite(false, 4, [new("n", number, 0, 0)]) { Name = "f" });
        var spec = split.Build();

        Assert.Equal(
            """{"types":[{"id":4,"kind":"STRUCT","name":"f","size":4,"vlen":1,"members":[{"name":"n","type_id":1,"bits_offset":0}]}]}""" + "\n", Render(spec));
        Assert.Equal(Render(spec), Render(spec, [structure]));
        Assert.Equal("""{"types":[{"id":3,"kind":"FUNC","name":"f","type_id":2,"linkage":"global"}]}""" + "\n", Render(spec, [function]));
    }

    private static BtfBuilder EveryKind()
    {
        BtfBuilder types = new();
        int number = types.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
        int index = types.Add(new BtfType.Int(8, IntEncoding.None, 0, 64) { Name = "long" });
        types.Add(new BtfType.Int(1, IntEncoding.Char, 0, 8) { Name = "char" });
        types.Add(new BtfType.Int(1, IntEncoding.Bool, 0, 8) { Name = "_Bool" });
        types.Add(new BtfType.Float(8) { Name = "double" });
        int pointer = types.Add(new BtfType.Pointer(types.Add(new BtfType.TypeTag(number) { Name = "user" })));
        types.Add(new BtfType.Restrict(pointer));
        int limit = types.Add(new BtfType.Const(types.Add(new BtfType.Volatile(number))));
        types.Add(new BtfType.Array(number, index, 7));
        int structure = types.Add(new BtfType.Composite(false, 8, [new("", number, 0, 0), new("bits", number, 32, 3)]) { Name = "event" });
        types.Add(new BtfType.Composite(true, 0, []));
        types.Add(new BtfType.DeclTag(structure, -1) { Name = "whole" });
        types.Add(new BtfType.DeclTag(structure, 1) { Name = "one" });
        types.Add(new BtfType.Typedef(structure) { Name = "event_t" });
        types.Add(new BtfType.Forward(IsUnion: false) { Name = "later" });
        types.Add(new BtfType.Forward(IsUnion: true) { Name = "either" });
        foreach (bool isSigned in (bool[])[false, true])
        {
            types.Add(new BtfType.Enum(4, isSigned, Is64: false, [new("ZERO", 0), new("TOP", isSigned ? ulong.MaxValue : 0x8000_0000)]) { Name = "narrow" });
            types.Add(new BtfType.Enum(8, isSigned, Is64: true, [new("ONE", 1), new("MOST", ulong.MaxValue)]));
        }

        int prototype = types.Add(new BtfType.FunctionPrototype(number, [new("event", pointer), new("", 0)]));
        foreach (var linkage in Enum.GetValues<BtfLinkage>())
        {
            types.Add(new BtfType.Function(prototype, linkage) { Name = $"f{linkage}" });
            types.Add(new BtfType.DataSection(4, [new(types.Add(new BtfType.Variable(limit, linkage) { Name = $"v{linkage}" }), 4, 4)]) { Name = $".{linkage}" });
        }

        return types;
    }

    private static string Render(BtfSpec spec, ImmutableArray<int> ids = default)
    {
        using MemoryStream output = new();
        JsonRenderer.Render(spec, output, ids);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
