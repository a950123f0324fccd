// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Tests.Btf;

public sealed class BtfSanitizerTests
{
    [Fact]
    public void A_kernel_that_knows_everything_gets_the_set_itself()
    {
        var spec = BtfSpec.Read(BtfSamples.Compile().Btf);

        Assert.Same(spec, BtfSanitizer.Sanitize(spec, BtfFeatures.All));
    }

    [Fact]
    public void The_first_kernels_get_only_what_they_know()
    {
        var spec = WithEveryKind();

        var plain = BtfSanitizer.Sanitize(spec, BtfFeatures.None);

        var kinds = Enumerable.Range(1, plain.Count - 1).Select(plain.KindOf).ToHashSet();
        Assert.DoesNotContain(kinds, k => k > BtfKind.Restrict);
    }

    [Fact]
    public void Ids_sizes_and_string_offsets_stay()
    {
        var spec = WithEveryKind();

        var plain = BtfSanitizer.Sanitize(spec, BtfFeatures.Functions | BtfFeatures.GlobalFunctions);

        Assert.True(plain.OwnStrings[..spec.OwnStrings.Length].SequenceEqual(spec.OwnStrings));
        Assert.All(Enumerable.Range(1, spec.Count - 1).Where(id => spec[id] is BtfType.Composite or BtfType.Enum or BtfType.Float),
            id => Assert.Equal(spec.SizeOf(id), plain.SizeOf(id)));
        Assert.Equal(spec.Count + 1, plain.Count);
    }

    [Fact]
    public void A_section_becomes_a_struct_of_its_variables()
    {
        var spec = BtfSpec.Read(BtfSamples.Compile().Btf);
        spec.TryFind<BtfType.DataSection>(".data", out int id);

        var section = BtfSanitizer.Sanitize(spec, BtfFeatures.All & ~BtfFeatures.DataSections)[id];

        var composite = Assert.IsType<BtfType.Composite>(section);
        Assert.Equal("_data", composite.Name);
        Assert.Equal("last", Assert.Single(composite.Members).Name);
    }

    private static BtfSpec WithEveryKind()
    {
        var builder = BtfBuilder.From(BtfSpec.Read(BtfSamples.Compile().Btf));
        int wide = builder.Add(new BtfType.Enum(8, IsSigned: true, Is64: true, [new("LOW", unchecked((ulong)-1)), new("HIGH", 1ul << 40)]) { Name = "wide" });
        builder.Add(new BtfType.Enum(4, IsSigned: true, Is64: false, [new("MINUS", unchecked((ulong)-1))]) { Name = "narrow" });
        builder.Add(new BtfType.Float(8) { Name = "double_" });
        builder.Add(new BtfType.DeclTag(wide, -1) { Name = "tag" });
        builder.Add(new BtfType.TypeTag(wide) { Name = "user" });
        return builder.Build();
    }
}
