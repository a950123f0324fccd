// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Tests.Linking;

public sealed class ObjectLinkerTests
{
    private const string Prelude = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        struct shared_type { int a; struct shared_type *next; };

        """;

    private const string First = Prelude + """
        struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, struct shared_type); } counts SEC(".maps");
        extern int LINUX_KERNEL_VERSION __kconfig;
        extern int elsewhere(int x);
        extern volatile int from_second;
        static volatile int own = 1;
        volatile char odd = 2;
        __attribute__((weak)) int answer = 1;
        static __attribute__((noinline)) int helper(int x) { return x + own; }
        __attribute__((weak, noinline)) int chosen(int x) { return x * own; }
        SEC("tc") int first(struct __sk_buff *skb) { return elsewhere(helper(from_second)) + chosen(answer) + odd + LINUX_KERNEL_VERSION; }
        char _license[] SEC("license") = "GPL";
        """;

    private const string Second = Prelude + """
        extern struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, int); __type(value, struct shared_type); } counts SEC(".maps");
        extern int LINUX_KERNEL_VERSION __kconfig;
        extern unsigned long CONFIG_HZ __kconfig __weak;
        volatile int from_second = 20;
        static volatile int own = 30;
        int answer = 40;
        static __attribute__((noinline)) int helper(int x) { return x - own; }
        __hidden __attribute__((noinline)) int elsewhere(int x) { return helper(x) + (bpf_map_lookup_elem(&counts, &x) != 0); }
        __attribute__((noinline)) int chosen(int x) { return x ^ own; }
        SEC("xdp") int second(struct xdp_md *ctx) { return elsewhere(LINUX_KERNEL_VERSION + CONFIG_HZ) + answer; }
        char _license[] SEC("license") = "GPL";
        """;

    private static ObjectSpec Read(string source, string name) => ObjectSpec.Read(Clang.Compile(source), name);

    private static ObjectSpec LinkBoth() => ObjectLinker.Link("both", Read(First, "one"), Read(Second, "two"));

    [Fact]
    public void Declarations_find_their_definitions_and_static_names_stay_apart()
    {
        var linked = LinkBoth();

        Assert.Equal(["first", "second"], linked.Programs.Select(p => p.Name));
        Assert.Equal(["chosen", "elsewhere", "first", "helper", "helper.1", "second"], linked.Functions.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["CONFIG_HZ", "LINUX_KERNEL_VERSION"], linked.Externs.Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["helper.1"], linked.Functions["elsewhere"].References.OfType<Reference.Call>().Select(r => r.Name));
        Assert.Equal(["helper"], linked.Functions["first"].References.OfType<Reference.Call>().Select(r => r.Name).Where(n => n.StartsWith("helper", StringComparison.Ordinal)));
        Assert.Equal(["counts"], linked.Functions["elsewhere"].References.OfType<Reference.Map>().Select(r => r.Name));
        Assert.Equal("GPL", linked.License);
        foreach (var program in linked.Programs) Assert.NotEmpty(ProgramLinker.Link(program, linked).Instructions);
    }

    [Fact]
    public void Weak_definitions_give_way_wherever_they_come()
    {
        foreach (var linked in (ObjectSpec[])[LinkBoth(), ObjectLinker.Link("both", Read(Second, "two"), Read(First, "one"))])
        {
            var answer = linked.Globals["answer"];
            Assert.Equal(40, BitConverter.ToInt32(linked.Map(answer.Map)!.Contents.AsSpan()[answer.Offset..]));
            Assert.Contains(linked.Functions["first"].References, r => r is Reference.MapValue v && v.Name == answer.Map && v.Offset == answer.Offset);
            Assert.Contains(linked.Functions["chosen"].Instructions, i => i.IsAlu && i.AluOperation == Ruche.Bpf.Objects.Instructions.AluOperation.Xor);
        }
    }

    [Fact]
    public void Data_sections_lie_behind_each_other_in_contents_code_and_types()
    {
        var linked = LinkBoth();

        var data = linked.Map(".data")!;
        var section = Assert.IsType<BtfType.DataSection>(linked.Btf![data.ValueType]);
        Assert.Equal(data.ValueSize, section.Size);
        Assert.Equal(["answer", "from_second", "odd", "own", "own"], section.Variables.Select(v => linked.Btf.NameOf(v.Type)).Order(StringComparer.Ordinal));
        foreach (var variable in section.Variables)
        {
            int value = linked.Btf.NameOf(variable.Type) switch
            {
                "answer" => 40,
                "from_second" => 20,
                "odd" => 2,
                _ => linked.Functions["helper.1"].References.OfType<Reference.MapValue>().Any(r => r.Offset == variable.Offset) ? 30 : 1,
            };
            Assert.Equal(value, variable.Size == 1 ? data.Contents[variable.Offset] : BitConverter.ToInt32(data.Contents.AsSpan()[variable.Offset..]));
        }

        Assert.Equal(section.Variables.Select(v => v.Offset).Order(), section.Variables.Select(v => v.Offset));
    }

    [Fact]
    public void Types_are_merged_and_records_follow_them()
    {
        var linked = LinkBoth();

        Assert.Single(linked.Btf!.Find("shared_type"));
        Assert.All(linked.Functions, f => Assert.Equal(f.Key.Split('.')[0], linked.Btf.NameOf(f.Value.Type)));
        Assert.Equal("struct shared_type", linked.Btf.TypeNameOf(linked.Map("counts")!.ValueType));
        Assert.Single(linked.Btf.Find(".data"));
        Assert.Single(linked.Btf.Find(".kconfig"));
        Assert.All(linked.Functions["elsewhere"].Lines, l => Assert.Contains("test.bpf.c", linked.Btf.StringAt(l.File), StringComparison.Ordinal));
        var kconfig = Assert.IsType<BtfType.DataSection>(linked.Btf[linked.Map(".kconfig")!.ValueType]);
        Assert.Equal(
            linked.Externs.ToDictionary(e => e.Name, e => e.Offset), kconfig.Variables.ToDictionary(v => linked.Btf.NameOf(v.Type), v => v.Offset));
    }

    [Fact]
    public void The_result_can_be_written_and_read()
    {
        var linked = LinkBoth();

        var again = ObjectSpec.Read(linked.Write(), "both");

        Assert.Equal(linked.Programs.Select(p => p.Name), again.Programs.Select(p => p.Name));
        Assert.Equal(linked.Maps.Select(m => (m.Name, m.ValueSize)).Order(), again.Maps.Select(m => (m.Name, m.ValueSize)).Order());
        foreach (var program in again.Programs)
        {
            Assert.Equal(
                ProgramLinker.Link(linked.Program(program.Name)!, linked).Instructions.Length, ProgramLinker.Link(program, again).Instructions.Length);
        }
    }

    [Theory]
    [InlineData("int f(void) { return 1; }", "int f(void) { return 2; }", "RU3405", "function 'f' is defined in 'one' and in 'two'")]
    [InlineData("int v = 1;", "int v = 2;", "RU3405", "variable 'v' is defined in 'one' and in 'two'")]
    [InlineData("struct { int (*type)[1]; int *key; int *value; int (*max_entries)[3]; } m SEC(\".maps\");",
        "struct { int (*type)[1]; int *key; long *value; int (*max_entries)[3]; } m SEC(\".maps\");", "RU3406", "map 'm' is Hash of 3, 4-byte keys, 4-byte values in 'one'")]
    [InlineData("char _l[] SEC(\"license\") = \"GPL\";", "char _l[] SEC(\"license\") = \"MIT\";", "RU3407", "'two' has the licence 'MIT', 'one' has 'GPL'")]
    public void Conflicts_are_named(string first, string second, string id, string message)
    {
        ObjectLinker.TryLink("both", [Read(Prelude + first, "one"), Read(Prelude + second, "two")], out _, out var diagnostics);

        var error = Assert.Single(diagnostics.Items);
        Assert.Equal(id, error.Id);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_maps_of_several_objects_are_one()
    {
        const string Map = "struct { int (*type)[1]; int *key; int *value; int (*max_entries)[3]; } m SEC(\".maps\");";

        var linked = ObjectLinker.Link("both", Read(Prelude + Map, "one"), Read(Prelude + Map, "two"));

        Assert.Equal("m", Assert.Single(linked.Maps).Name);
    }
}
