// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Tests.Specs;

public sealed class MapReadingTests
{
    private const string Prelude = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>

        """;

    private const string Maps = Prelude + """
        struct key { int a, b; };
        struct {
            __uint(type, BPF_MAP_TYPE_LRU_HASH); __uint(max_entries, 128); __type(key, struct key); __type(value, char[24]);
            __uint(map_flags, 3); __uint(numa_node, 1); __uint(pinning, LIBBPF_PIN_BY_NAME);
        } everything SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_BLOOM_FILTER); __uint(max_entries, 9); __uint(value_size, 8); __uint(map_extra, 5); } bloom SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 1 << 16); } events SEC(".maps");
        struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, long); } one SEC(".maps"), two SEC(".maps");
        struct { __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS); __uint(max_entries, 3); __type(key, int); __array(values, struct inner); } outer SEC(".maps") = { .values = { [0] = &one, [2] = &two } };
        SEC("xdp") int leaf(struct xdp_md *ctx) { return 1; }
        static int local_leaf(struct xdp_md *ctx);
        struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 8); __uint(key_size, 4); __array(values, int (void *)); } jumps SEC(".maps") = { .values = { [3] = (void *)&leaf } };
        SEC("xdp") int root(struct xdp_md *ctx) { bpf_map_lookup_elem(&everything, &(struct key){}); bpf_map_lookup_elem(&two, &(int){0}); bpf_tail_call(ctx, &jumps, 3); return 0; }
        """;

    [Theory]
    [InlineData("bpfel")]
    [InlineData("bpfeb")]
    public void Reads_maps_defined_by_types(string target)
    {
        var spec = ObjectSpec.Read(Clang.Compile(Maps, $"--target={target}"));

        var everything = spec.Map("everything")!;
        Assert.Equal(
            (MapType.LruHash, 8, 24, 128u, (MapFlags)3, 1, MapPinning.ByName),
            (everything.Type, everything.KeySize, everything.ValueSize, everything.MaxEntries, everything.Flags, everything.NumaNode, everything.Pinning));
        Assert.Equal("struct key", spec.Btf!.TypeNameOf(everything.KeyType));
        Assert.Equal("char[24]", spec.Btf.TypeNameOf(everything.ValueType));
        Assert.Equal((0, 8, 5ul), (spec.Map("bloom")!.KeySize, spec.Map("bloom")!.ValueSize, spec.Map("bloom")!.Extra));
        Assert.Equal((MapType.RingBuf, 1u << 16), (spec.Map("events")!.Type, spec.Map("events")!.MaxEntries));
        Assert.Equal(["everything", "two", "jumps"], spec.Program("root")!.Entry.References.Select(r => Assert.IsType<Reference.Map>(r).Name));
    }

    [Theory]
    [InlineData("bpfel")]
    [InlineData("bpfeb")]
    public void Reads_what_maps_of_maps_and_program_arrays_are_filled_with(string target)
    {
        var spec = ObjectSpec.Read(Clang.Compile(Maps, $"--target={target}"));

        var outer = spec.Map("outer")!;
        Assert.Equal((MapType.Array, 4, 8, 4u), (outer.Inner!.Type, outer.Inner.KeySize, outer.Inner.ValueSize, outer.Inner.MaxEntries));
        Assert.Equal((4, 4), (outer.KeySize, outer.ValueSize));
        Assert.Equal([new(0, "one"), new(2, "two")], outer.Slots);
        Assert.Equal([new(3, "leaf")], spec.Map("jumps")!.Slots);
    }

    [Theory]
    [InlineData("struct { int (*max_entries)[3]; }", "has no type")]
    [InlineData("struct { int (*type)[2]; int (*key_size)[4]; long *key; }", "has keys of 4 and of 8 bytes")]
    [InlineData("struct { int (*type)[2]; int key_size; }", "has the key_size int")]
    [InlineData("struct { int (*type)[2]; struct undefined *value; }", "has values of struct undefined, which has no size")]
    [InlineData("struct { int (*type)[1]; int (*values[])(void); }", "of type Hash has values")]
    public void Says_what_is_wrong_with_a_map(string type, string message)
    {
        string source = $"{type} broken __attribute__((section(\".maps\")));";

        ObjectSpec.TryRead(Clang.Compile(source, "-fno-zero-initialized-in-bss"), "bad", out _, out var diagnostics);

        var error = Assert.Single(diagnostics.Items);
        Assert.Equal("RU3304", error.Id);
        Assert.StartsWith($"map 'broken' {message}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bpf_map_def (libbpf)", "unsigned type, key, value, entries, flags;", "1, 4, 8, 16, 1")]
    [InlineData("kernel samples", "unsigned type, key, value, entries, flags, inner, numa;", "1, 4, 8, 16, 5, 0, 1")]
    [InlineData("iproute2", "unsigned type, key, value, entries, flags, id, pinning, inner_id, inner_idx;", "1, 4, 8, 16, 1, 0, 2, 0, 0")]
    [InlineData("gobpf", "unsigned type, key, value, entries, flags, pinning; char path[256];", "1, 4, 8, 16, 1, 0, { 0 }")]
    public void Reads_maps_of_older_loaders(string loader, string fields, string values)
    {
        string source = Prelude + $$"""
            struct def { {{fields}} };
            struct def first SEC("maps") = { {{values}} };
            struct def second SEC("maps") = { {{values}} };
            SEC("socket1") int prog(void *ctx) { return bpf_map_lookup_elem(&second, &(int){ 0 }) != 0; }
            """;
        foreach (string debug in (string[])["-g", "-g0"])
        {
            var spec = ObjectSpec.Read(Clang.Compile(source, debug));

            Assert.Equal(["first", "second"], spec.Maps.Select(m => m.Name));
            Assert.All(spec.Maps, m => Assert.Equal((MapType.Hash, 4, 8, 16u), (m.Type, m.KeySize, m.ValueSize, m.MaxEntries)));
            Assert.Equal(loader == "iproute2" ? MapPinning.ByName : MapPinning.None, spec.Maps[0].Pinning);
            Assert.Equal(loader == "kernel samples" ? 1 : 0, spec.Maps[0].NumaNode);
            Assert.Equal([new Reference.Map(spec.Programs[0].Entry.References[0].Slot, "second")], spec.Programs[0].Entry.References);
        }
    }

    [Fact]
    public void Reads_inner_maps_and_tail_calls_as_iproute2_means_them()
    {
        const string Source = Prelude + """
            struct def { unsigned type, key, value, entries, flags, id, pinning, inner_id, inner_idx; };
            struct def inner SEC("maps") = { BPF_MAP_TYPE_ARRAY, 4, 8, 2, 0, 7 };
            struct def outer SEC("maps") = { BPF_MAP_TYPE_ARRAY_OF_MAPS, 4, 4, 5, 0, 8, 0, 7, 1 };
            struct def jumps SEC("maps") = { BPF_MAP_TYPE_PROG_ARRAY, 4, 4, 9, 0, 3 };
            SEC("classifier") int main_prog(struct __sk_buff *skb) { bpf_tail_call(skb, &jumps, 6); return bpf_map_lookup_elem(&outer, &(int){0}) != 0; }
            SEC("3/6") int tail(struct __sk_buff *skb) { return 2; }
            """;

        var spec = ObjectSpec.Read(Clang.Compile(Source, "-g0"));

        var outer = spec.Map("outer")!;
        Assert.Equal((MapType.Array, 8, 2u), (outer.Inner!.Type, outer.Inner.ValueSize, outer.Inner.MaxEntries));
        Assert.Equal([new(1, "inner")], outer.Slots);
        Assert.Equal([new(6, "tail")], spec.Map("jumps")!.Slots);
        Assert.Equal(ProgramType.SchedCls, spec.Program("tail")!.Type);
    }

    [Fact]
    public void Maps_without_types_ask_for_debug_information()
    {
        ObjectSpec.TryRead(Clang.Compile(Maps, "-g0"), "plain", out _, out var diagnostics);

        Assert.Contains(diagnostics.Items, d => d.Id == "RU3303" && d.Notes.Contains("compile with -g"));
    }

    [Fact]
    public void Unknown_fields_are_warned_about()
    {
        const string Source = "struct { int (*type)[2]; int (*max_entries)[3]; int *key; int *value; int (*colour)[4]; } odd __attribute__((section(\".maps\")));";

        bool read = ObjectSpec.TryRead(Clang.Compile(Source), "odd", out _, out var diagnostics);

        Assert.True(read);
        Assert.Equal("RU3305", Assert.Single(diagnostics.Items).Id);
    }
}
