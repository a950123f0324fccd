// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Tests.Specs;

public sealed class ObjectReaderTests
{
    private const string Prelude = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>

        """;

    private const string Globals = Prelude + """
        int written = 5;
        static volatile long hidden_count;
        const volatile int limit = 42;
        int zeroed[4];
        const volatile char label[8] SEC(".rodata.names") = "bee";
        char more[16] SEC(".data.more") = { 1 };
        SEC("xdp") int drop(struct xdp_md *ctx) { hidden_count += written; zeroed[1] = limit; more[2] = label[ctx->rx_queue_index & 7]; return XDP_DROP; }
        char _license[] SEC("license") = "Dual MIT/GPL";
        __u32 _version SEC("version") = 0x50a00;
        """;

    [Theory]
    [InlineData("bpfel")]
    [InlineData("bpfeb")]
    public void Reads_programs_data_sections_and_globals(string target)
    {
        var spec = ObjectSpec.Read(Clang.Compile(Globals, $"--target={target}"), "globals");

        Assert.Equal("Dual MIT/GPL", spec.License);
        Assert.Equal(0x50a00u, spec.KernelVersion);
        var program = Assert.Single(spec.Programs);
        Assert.Equal(("drop", "xdp", ProgramType.Xdp, AttachKind.Xdp), (program.Name, program.Section, program.Type, program.Attach));
        Assert.Equal(
            [".bss", ".data", ".data.more", ".rodata", ".rodata.names"], spec.Maps.Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.All(spec.Maps, m => Assert.True(m is { Type: MapType.Array, KeySize: 4, MaxEntries: 1, ValueType: > 0 }));
        var limit = spec.Globals["limit"];
        Assert.Equal((".rodata", 4), (limit.Map, limit.Size));
        Assert.Equal("bee\0"u8, spec.Maps.Single(m => m.Name == ".rodata.names").Contents.AsSpan()[..4]);
        var data = spec.Maps.Single(m => m.Name == ".data").Contents.AsSpan();
        Assert.Equal(5, target == "bpfel" ? BinaryPrimitives.ReadInt32LittleEndian(data) : BinaryPrimitives.ReadInt32BigEndian(data));
        Assert.Equal(MapFlags.MemoryMapped | MapFlags.ReadOnlyProgram, spec.Maps.Single(m => m.Name == ".rodata").Flags);
        var bss = spec.Maps.Single(m => m.Name == ".bss");
        Assert.Equal(DataSectionKind.Bss, bss.DataSection);
        Assert.Empty(bss.Contents);
        Assert.Equal(24, bss.ValueSize);
        Assert.All(program.Entry.References, r => Assert.IsType<Reference.MapValue>(r));
        Assert.Equal(
            [".bss", ".data", ".data.more", ".rodata", ".rodata.names"],
            program.Entry.References.Select(r => r.Target).Distinct().Order(StringComparer.Ordinal));
        var zeroed = spec.Globals["zeroed"];
        Assert.Contains(program.Entry.References, r => r is Reference.MapValue { Name: ".bss" } m && m.Offset == zeroed.Offset);
    }

    [Fact]
    public void Gives_data_sections_their_sizes_and_offsets_in_the_types()
    {
        var spec = ObjectSpec.Read(Clang.Compile(Globals), "globals");

        foreach (var map in spec.Maps)
        {
            var section = Assert.IsType<Ruche.Bpf.Objects.Btf.BtfType.DataSection>(spec.Btf![map.ValueType]);
            Assert.Equal(map.ValueSize, section.Size);
            Assert.All(section.Variables, v => Assert.Equal(spec.Globals[spec.Btf.NameOf(v.Type)].Offset, v.Offset));
        }
    }

    private const string Calls = Prelude + """
        static volatile int sink;
        struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, long); } counts SEC(".maps");
        static __attribute__((noinline)) int leaf(int x) { sink += x; return x * 3; }
        __attribute__((noinline)) int shared(int x) { return leaf(x) + sink; }
        static long step(__u32 i, void *ctx) { sink += i; return 0; }
        static long each(void *map, int *key, long *value, void *ctx) { sink += *key; return 0; }
        SEC("tc") int first(struct __sk_buff *skb) { return shared(skb->len) + leaf(2); }
        SEC("tc") int second(struct __sk_buff *skb) { bpf_loop(10, step, 0, 0); bpf_for_each_map_elem(&counts, each, 0, 0); return 0; }
        SEC("?classifier") int third(struct __sk_buff *skb) { return 0; }
        """;

    [Fact]
    public void Splits_sections_into_programs_and_their_callees()
    {
        var spec = ObjectSpec.Read(Clang.Compile(Calls), "calls");

        Assert.Equal(["first", "second", "third"], spec.Programs.Select(p => p.Name));
        Assert.False(spec.Programs[2].AutoLoad);
        Assert.Equal(["each", "first", "leaf", "second", "shared", "step", "third"], spec.Functions.Keys.Order(StringComparer.Ordinal));
        Assert.True(spec.Functions["shared"].IsGlobal);
        Assert.False(spec.Functions["leaf"].IsGlobal);
        Assert.All(spec.Functions.Values, f => Assert.Equal(f.Name, spec.Btf!.NameOf(f.Type)));
        Assert.Equal(
            ["Call leaf", "Call shared"],
            spec.Programs[0].Entry.References.Select(r => $"{r.GetType().Name} {r.Target}").Order(StringComparer.Ordinal));
        Assert.Equal(
            ["FunctionAddress each", "FunctionAddress step", "Map counts"],
            spec.Programs[1].Entry.References.Select(r => $"{r.GetType().Name} {r.Target}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("-g")]
    [InlineData("-g0")]
    public void Links_each_callee_once_and_resolves_the_calls(string debug)
    {
        const string Source = Prelude + """
            static volatile int sink;
            static __attribute__((noinline)) int leaf(int x) { sink += x; return x * 3; }
            __attribute__((noinline)) int shared(int x) { return leaf(x) + sink; }
            static long step(__u32 i, void *ctx) { sink += i; return 0; }
            SEC("tc") int first(struct __sk_buff *skb) { bpf_loop(10, step, 0, 0); return shared(skb->len) + leaf(2); }
            """;
        var spec = ObjectSpec.Read(Clang.Compile(Source, debug), "calls");

        var linked = ProgramLinker.Link(spec.Programs[0], spec);

        string[] functions = ["first", "leaf", "shared", "step"];
        Assert.Equal(functions.Sum(f => spec.Functions[f].Instructions.Length), linked.Instructions.Length);
        Assert.All(linked.References, r => Assert.IsType<Reference.MapValue>(r));
        int addresses = 0;
        for (int slot = 0; slot < linked.Instructions.Length; slot++)
        {
            var instruction = linked.Instructions[slot];
            if (instruction.IsFunctionAddress) addresses++;
            if (!instruction.IsLocalCall && !instruction.IsFunctionAddress) continue;
            int target = slot + instruction.Immediate + 1;
            Assert.True(target > 0 && linked.Instructions[target - 1].IsExit);
        }

        Assert.Equal(1, addresses);
        Assert.Equal(debug == "-g" ? 4 : 0, linked.Functions.Length);
        if (debug != "-g") return;
        Assert.Equal(functions, linked.Functions.Select(f => spec.Btf!.NameOf(f.Type)).Order(StringComparer.Ordinal));
        Assert.All(linked.Functions, f => Assert.Contains(linked.Lines, l => l.Slot == f.Slot));
        Assert.Equal(linked.Lines.Select(l => l.Slot).Distinct().Order(), linked.Lines.Select(l => l.Slot));
    }
}
