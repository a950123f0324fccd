// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Tests.Btf;

public sealed class BtfExtTests
{
    private const string Relocated = """
        struct task { int pid; int tgid; } __attribute__((preserve_access_index));
        __attribute__((section("xdp"), used)) int first(struct task *t) { return t->tgid; }
        """;

    public static TheoryData<string> Targets => BtfSamples.Targets;

    [Theory]
    [MemberData(nameof(Targets))]
    public void Says_which_function_starts_at_which_slot(string target)
    {
        var (btf, ext) = Open(BtfSamples.Compile(target: target));

        var functions = ext.Functions("tracepoint/x");

        Assert.Equal(["first", "second"], functions.Select(f => btf.NameOf(f.Type)));
        Assert.Equal(0, functions[0].Slot);
        Assert.True(functions[1].Slot > 0);
        Assert.Empty(ext.Functions("nowhere"));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Says_which_line_a_slot_comes_from(string target)
    {
        var (btf, ext) = Open(BtfSamples.Compile(target: target));

        var lines = ext.Lines("xdp");

        Assert.Contains(lines, l => btf.StringAt(l.Text).Contains("return context != 0", StringComparison.Ordinal));
        Assert.EndsWith("sample.c", btf.StringAt(lines[0].File), StringComparison.Ordinal);
        Assert.All(lines, l => Assert.InRange(l.Line, 1, 40));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Reads_relocations(string target)
    {
        var (btf, ext) = Open(BtfSamples.Compile(Relocated, target));

        var relocation = Assert.Single(ext.CoreRelocations("xdp"));

        Assert.Equal("task", btf.NameOf(relocation.Type));
        Assert.Equal("0:1", relocation.Access);
        Assert.Equal(CoreRelocationKind.FieldByteOffset, relocation.Kind);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void What_is_written_reads_back_the_same(string target)
    {
        var sample = BtfSamples.Compile(Relocated, target);
        var (btf, ext) = Open(sample);
        var builder = BtfBuilder.From(btf);

        byte[] image = ext.Write(builder, btf.ByteOrder);
        var again = BtfExt.Read(image, builder.Build(btf.ByteOrder));

        Assert.Equal(sample.BtfExt.Length, image.Length);
        Assert.Equal(ext.Functions("xdp"), again.Functions("xdp"));
        Assert.Equal(ext.Lines("xdp"), again.Lines("xdp"));
        Assert.Equal(ext.CoreRelocations("xdp"), again.CoreRelocations("xdp"));
    }

    [Fact]
    public void Truncated_images_are_refused_with_an_id()
    {
        var sample = BtfSamples.Compile();
        var btf = BtfSpec.Read(sample.Btf);

        for (int length = 0; length < sample.BtfExt.Length; length++)
        {
            DiagnosticBag bag = new();
            Assert.False(BtfExt.TryRead(sample.BtfExt.AsMemory(0, length), btf, bag, out _));
            Assert.StartsWith("RU32", Assert.Single(bag.Items).Id, StringComparison.Ordinal);
        }
    }

    private static (BtfSpec Btf, BtfExt Ext) Open(BtfSamples.CompiledObject sample)
    {
        var btf = BtfSpec.Read(sample.Btf);
        return (btf, BtfExt.Read(sample.BtfExt, btf));
    }
}
