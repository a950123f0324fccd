// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Tests.Btf;

public sealed class BtfDeduplicatorTests
{
    private const string Shared = """
        typedef unsigned int u32;
        enum mode { OFF, ON };
        struct hidden;
        struct node { struct node *next; struct tree *owner; u32 value; enum mode mode; };
        struct tree { struct node *root; struct hidden *hidden; void (*visit)(struct node *n, u32 depth); union { int a; u32 b; }; char pad[3]; };
        """;

    private const string First = Shared + """
        struct mine { int x; };
        struct tree first_tree __attribute__((section(".data"), used)); struct node first_node __attribute__((section(".data"), used));
        __attribute__((section("xdp"), used)) int first(struct mine *m) { return m->x + (int)first_node.value; }
        """;

    private const string Second = Shared + """
        struct hidden { long secret; };
        struct mine { long x; };
        struct tree second_tree __attribute__((section(".data"), used)); struct node second_node __attribute__((section(".data"), used));
        __attribute__((section("xdp"), used)) int second(struct mine *m, struct hidden *h) { return m->x + h->secret + (int)second_node.value; }
        """;

    [Fact]
    public void Equal_structs_of_two_objects_unify()
    {
        var merged = Merge(First, Second);

        var (spec, _) = BtfDeduplicator.Deduplicate(merged);

        Assert.True(spec.Count < merged.Count * 3 / 4, $"{merged.Count} to {spec.Count}");
        Assert.Single(spec.Find("node"));
        Assert.Single(spec.Find("tree"));
        Assert.Single(spec.Find("u32"));
        Assert.Single(spec.Find("mode"));
    }

    [Fact]
    public void Structs_that_differ_stay_apart()
    {
        var (spec, _) = BtfDeduplicator.Deduplicate(Merge(First, Second));

        Assert.Equal(2, spec.Find("mine").Count());
    }

    [Fact]
    public void A_declaration_becomes_the_definition_of_the_other_object()
    {
        var (spec, _) = BtfDeduplicator.Deduplicate(Merge(First, Second));

        int hidden = Assert.Single(spec.Find("hidden"));
        Assert.Equal(8, spec.SizeOf(hidden));
    }

    [Fact]
    public void A_declaration_of_one_of_two_definitions_stays_a_declaration()
    {
        BtfBuilder builder = new();
        int number = builder.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
        builder.Add(new BtfType.Composite(IsUnion: false, 4, [new("a", number, 0, 0)]) { Name = "s" });
        builder.Add(new BtfType.Composite(IsUnion: false, 4, [new("b", number, 0, 0)]) { Name = "s" });
        int forward = builder.Add(new BtfType.Forward(IsUnion: false) { Name = "s" });

        var (spec, ids) = BtfDeduplicator.Deduplicate(builder.Build());

        Assert.Equal(3, spec.Find("s").Count());
        Assert.Equal(BtfKind.Forward, spec.KindOf(ids[forward]));
    }

    [Fact]
    public void Every_type_is_called_what_it_was()
    {
        var merged = Merge(First, Second, BtfSamples.Program);

        var (spec, ids) = BtfDeduplicator.Deduplicate(merged);

        Assert.All(Enumerable.Range(0, merged.Count), id => Assert.Equal(merged.TypeNameOf(id), spec.TypeNameOf(ids[id])));
        Assert.All(Enumerable.Range(0, merged.Count).Where(id => merged.TrySizeOf(id, out _)), id => Assert.Equal(merged.SizeOf(id), spec.SizeOf(ids[id])));
    }

    [Fact]
    public void What_has_been_deduplicated_stays_as_it_is()
    {
        var (once, _) = BtfDeduplicator.Deduplicate(Merge(First, Second));

        var (twice, ids) = BtfDeduplicator.Deduplicate(once);

        Assert.Equal(once.Image.ToArray(), twice.Image.ToArray());
        Assert.Equal(Enumerable.Range(0, once.Count), ids);
    }

    [Fact]
    public void The_kernels_set_has_next_to_nothing_left_to_unify()
    {
        var kernel = BtfSamples.OpenKernel();

        var (spec, _) = BtfDeduplicator.Deduplicate(kernel);

        Assert.InRange(spec.Count, kernel.Count * 98 / 100, kernel.Count);
    }

    [Fact]
    public void A_split_set_reuses_the_types_of_its_base()
    {
        var shared = BtfSpec.Read(BtfSamples.Compile(First).Btf);
        BtfBuilder builder = new(shared);
        builder.Append(BtfSpec.Read(BtfSamples.Compile(First).Btf));
        int fresh = builder.Add(new BtfType.Typedef(1) { Name = "only_here" });

        var (spec, ids) = BtfDeduplicator.Deduplicate(builder.Build());

        int[] own = [.. Enumerable.Range(spec.FirstId, spec.Count - spec.FirstId)];
        Assert.Contains(ids[fresh], own);
        Assert.All(own, id => Assert.True(id == ids[fresh] || spec[id] is BtfType.Variable or BtfType.DataSection, spec.TypeNameOf(id)));
    }

    [Fact]
    public void As_much_unifies_as_when_bpftool_links()
    {
        var merged = Merge(First, Second);
        var expected = LinkWithBpftool(First, Second);

        var (spec, _) = BtfDeduplicator.Deduplicate(merged);

        Assert.Equal(Kinds(expected), Kinds(spec));
    }

    private static string Kinds(BtfSpec spec) => string.Join('\n', Enumerable.Range(1, spec.Count - 1)
        .Select(spec.KindOf).Where(k => k is not BtfKind.DataSection).GroupBy(k => k).OrderBy(g => g.Key).Select(g => $"{g.Key} {g.Count()}"));

    private static BtfSpec Merge(params IEnumerable<string> sources)
    {
        BtfBuilder builder = new();
        foreach (string source in sources) builder.Append(BtfSpec.Read(BtfSamples.Compile(source).Btf));
        return builder.Build();
    }

    private static BtfSpec LinkWithBpftool(params string[] sources)
    {
        var directory = Directory.CreateTempSubdirectory("ruche-btf-");
        try
        {
            string[] files = [.. sources.Select((_, i) => Path.Combine(directory.FullName, $"{i}.o"))];
            for (int i = 0; i < files.Length; i++) File.WriteAllBytes(files[i], BtfSamples.Compile(sources[i]).Elf);
            string linked = Path.Combine(directory.FullName, "linked.o");
            BtfSamples.Run("bpftool", ["gen", "object", linked, .. files]);
            return BtfSpec.Read(BtfSamples.Section(linked, ".BTF"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
