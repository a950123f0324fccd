// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Tests.Btf;

public sealed class BtfBuilderTests
{
    public static TheoryData<string> Targets => BtfSamples.Targets;

    [Theory]
    [MemberData(nameof(Targets))]
    public void Writes_the_bytes_it_was_made_from(string target)
    {
        byte[] image = BtfSamples.Compile(target: target).Btf;
        var spec = BtfSpec.Read(image);

        byte[] written = BtfBuilder.From(spec).Write(spec.ByteOrder);

        Assert.Equal(image, written);
    }

    [Fact]
    public void Writes_the_kernels_own_bytes_back()
    {
        var spec = BtfSamples.OpenKernel();

        byte[] written = BtfBuilder.From(spec).Write();

        Assert.True(spec.Image.Span.SequenceEqual(written));
    }

    [Fact]
    public void A_set_written_in_the_other_byte_order_has_the_same_types()
    {
        var spec = BtfSpec.Read(BtfSamples.Compile().Btf);

        var other = BtfBuilder.From(spec).Build(ByteOrder.Big);

        Assert.Equal(ByteOrder.Big, other.ByteOrder);
        Assert.Equal(All(spec), All(other));
    }

    [Fact]
    public void A_type_may_refer_to_an_id_that_is_reserved()
    {
        BtfBuilder builder = new();
        int list = builder.Reserve();
        int pointer = builder.Add(new BtfType.Pointer(list));
        builder[list] = new BtfType.Composite(IsUnion: false, 8, [new("next", pointer, 0, 0)]) { Name = "list" };

        var spec = builder.Build();

        Assert.Equal("struct list *", spec.TypeNameOf(pointer));
        Assert.Equal(pointer, ((BtfType.Composite)spec[list]).Members[0].Type);
    }

    [Fact]
    public void A_string_is_stored_once()
    {
        BtfBuilder builder = new();

        int first = builder.AddString("name");
        int second = builder.AddString("name");

        Assert.Equal(first, second);
        Assert.Equal("name", builder.Build().StringAt(first));
    }

    [Fact]
    public void Appended_types_keep_their_shape_under_new_ids()
    {
        var spec = BtfSpec.Read(BtfSamples.Compile().Btf);
        BtfBuilder builder = new();
        builder.Append(spec);

        var ids = builder.Append(spec);
        var merged = builder.Build();

        Assert.Equal(2 * spec.Count - 1, merged.Count);
        Assert.Equal(0, ids[0]);
        Assert.All(Enumerable.Range(1, spec.Count - 1), id => Assert.Equal(spec.TypeNameOf(id), merged.TypeNameOf(ids[id])));
    }

    [Fact]
    public void Split_types_refer_to_their_base_and_share_its_strings()
    {
        var kernel = BtfSpec.Read(BtfSamples.Compile().Btf);
        kernel.TryFind<BtfType.Composite>("event", out int whole);
        BtfBuilder builder = new(kernel);
        int pointer = builder.Add(new BtfType.Pointer(whole));
        int named = builder.Add(new BtfType.Typedef(pointer) { Name = "event" });
        int fresh = builder.Add(new BtfType.Typedef(pointer) { Name = "only_here" });

        var split = builder.Build();

        Assert.Equal(kernel.Count, split.FirstId);
        Assert.Equal("struct event *", split.TypeNameOf(pointer));
        Assert.Equal([whole, named], split.Find("event"));
        Assert.Equal([fresh], split.Find("only_here"));
        Assert.Equal("only_here".Length + 1, split.StringLength - kernel.StringLength);
        Assert.Equal(split.Image.ToArray(), BtfBuilder.From(split).Write());
    }

    private static IEnumerable<string> All(BtfSpec spec) => Enumerable.Range(0, spec.Count).Select(id => BtfText.Of(spec[id]));
}
