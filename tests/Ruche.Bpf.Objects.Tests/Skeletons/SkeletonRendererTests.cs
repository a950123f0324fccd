// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Ruche.Architecture.Tests;
using Ruche.Bpf.Objects.Skeletons;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Tests.Skeletons;

public sealed class SkeletonRendererTests
{
    private const string Folder = "tests/Ruche.Bpf.Tests/Skeletons";

    private const string Headers = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        #define MAP(name, kind, ...) struct { __uint(type, BPF_MAP_TYPE_##kind); __VA_ARGS__ } name SEC(".maps");
        #define SIZE(n) __uint(max_entries, n);
        #define KEY(t) __type(key, t);
        #define VALUE(t) __type(value, t);
        SEC("xdp") int pass(struct xdp_md *packet) { return XDP_PASS; }

        """;

    [Theory]
    [InlineData("MAP(m, HASH, SIZE(4) KEY(__u32) VALUE(long))", "BpfHashMap<uint, long> M => new(Object.Map(\"m\"));")]
    [InlineData("MAP(m, LRU_HASH, SIZE(4) KEY(char[16]) VALUE(_Bool))", "BpfHashMap<Array16<byte>, byte> M =>")]
    [InlineData("struct pair { int a; int b; }; MAP(m, ARRAY, SIZE(4) KEY(int) VALUE(struct pair))", "BpfArray<Pair> M =>")]
    [InlineData("typedef struct { int a; } point_t; MAP(m, ARRAY, SIZE(4) KEY(int) VALUE(point_t[2][3]))", "BpfArray<Array2<Array3<PointT>>> M =>")]
    [InlineData("enum tint { RED }; MAP(m, QUEUE, SIZE(4) VALUE(enum tint))", "BpfQueue<Tint> M =>")]
    [InlineData("MAP(m, STACK, SIZE(4) VALUE(void *))", "BpfStack<ulong> M =>")]
    [InlineData("MAP(m, PERCPU_HASH, SIZE(4) KEY(short) VALUE(__u64))", "BpfPerCpuHashMap<short, ulong> M =>")]
    [InlineData("MAP(m, PERCPU_ARRAY, SIZE(4) KEY(int) VALUE(__u64))", "BpfPerCpuArray<ulong> M =>")]
    [InlineData("MAP(m, LPM_TRIE, SIZE(4) KEY(struct { __u32 length; __u32 address; }) VALUE(__u64) __uint(map_flags, 1);)", "BpfLpmTrie<uint, ulong> M =>")]
    [InlineData("MAP(m, LPM_TRIE, SIZE(4) KEY(struct { __u32 length; __u16 zone; __u8 data[4]; }) VALUE(__u8) __uint(map_flags, 1);)", "BpfLpmTrie<Array8<byte>, byte> M =>")]
    [InlineData("MAP(m, BLOOM_FILTER, SIZE(4) VALUE(__u64))", "BpfBloomFilter<ulong> M =>")]
    [InlineData("MAP(m, TASK_STORAGE, KEY(int) VALUE(__u64) __uint(map_flags, 1);)", "BpfTaskStorage<ulong> M =>")]
    [InlineData("MAP(m, SOCKHASH, SIZE(4) KEY(__u64) VALUE(__u64))", "BpfSocketMap<ulong> M =>")]
    [InlineData("MAP(m, SOCKMAP, SIZE(4) KEY(int) VALUE(int))", "BpfSocketMap<uint> M =>")]
    [InlineData("MAP(m, DEVMAP, SIZE(4) KEY(int) VALUE(int))", "BpfRedirectMap M =>")]
    [InlineData("MAP(m, PROG_ARRAY, SIZE(4) KEY(int) VALUE(int))", "BpfProgramArray M =>")]
    [InlineData("MAP(m, STACK_TRACE, SIZE(4) KEY(int) VALUE(__u64[127]))", "BpfMap M => Object.Map(\"m\");")]
    [InlineData("MAP(m, RINGBUF, SIZE(4096))", "RingBufferReader OpenM() =>")]
    [InlineData("MAP(m, USER_RINGBUF, SIZE(4096))", "BpfUserRingBuffer OpenM() =>")]
    [InlineData("MAP(m, PERF_EVENT_ARRAY, KEY(int) VALUE(int))", "PerfBufferReader OpenM() =>")]
    public void Maps_have_the_view_that_fits(string source, string expected) => Assert.Contains(expected, Render(source), StringComparison.Ordinal);

    [Theory]
    [InlineData("MAP(m, HASH, SIZE(4) __uint(key_size, 4); __uint(value_size, 8);)")]
    [InlineData("MAP(m, HASH, SIZE(4) KEY(int) __uint(value_size, 8);)")]
    public void A_map_of_unknown_values_is_raw(string source) =>
        Assert.Contains("global::Ruche.Bpf.Maps.BpfMap M => Object.Map(\"m\");", Render(source), StringComparison.Ordinal);

    [Fact]
    public void An_object_without_types_has_raw_maps_and_no_variables()
    {
        string text = Render("""
            struct bpf_map_def { unsigned type, key_size, value_size, max_entries, map_flags; };
            struct bpf_map_def counts SEC("maps") = { BPF_MAP_TYPE_HASH, 4, 8, 16, 0 };
            int total = 3;
            """, "-g0");

        Assert.Contains("global::Ruche.Bpf.Maps.BpfMap Counts => Object.Map(\"counts\");", text, StringComparison.Ordinal);
        Assert.Contains("BpfProgram Pass =>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Total", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_without_a_name_are_called_after_their_map()
    {
        string text = Render("MAP(hits, HASH, SIZE(4) KEY(struct { int a; }) VALUE(struct { long b; }[2]))");

        Assert.Contains("BpfHashMap<HitsKey, Array2<HitsValue>> Hits =>", text, StringComparison.Ordinal);
        Assert.Contains("public partial struct HitsKey", text, StringComparison.Ordinal);
        Assert.Contains("public partial struct HitsValue", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_of_maps_says_what_the_inner_ones_are()
    {
        string text = Render("""
            struct inner { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4); __type(key, int); __type(value, long); };
            struct { __uint(type, BPF_MAP_TYPE_HASH_OF_MAPS); __uint(max_entries, 2); __type(key, short); __array(values, struct inner); } outer SEC(".maps");
            """);

        Assert.Contains("BpfMapOfMaps<short> Outer =>", text, StringComparison.Ordinal);
        Assert.Contains("Each of its maps is a <c>BpfHashMap&lt;int, long&gt;</c>.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_are_typed_when_the_map_or_a_pointer_names_them()
    {
        const string Events = "struct event { int a; }; struct other { int b; };";

        string declared = Render($"{Events} MAP(events, RINGBUF, SIZE(4096) VALUE(struct event)) MAP(more, RINGBUF, SIZE(4096))");
        string marked = Render($"{Events} MAP(events, PERF_EVENT_ARRAY, KEY(int) VALUE(int)) const struct event *unused __attribute__((unused));");
        string unclear = Render($"{Events} MAP(events, RINGBUF, SIZE(4096)) const struct event *one; const struct other *two;");

        Assert.Contains("IAsyncEnumerable<Event> ReadEventsAsync(", declared, StringComparison.Ordinal);
        Assert.DoesNotContain("ReadMoreAsync", declared, StringComparison.Ordinal);
        Assert.Contains("IAsyncEnumerable<Event> ReadEventsAsync(", marked, StringComparison.Ordinal);
        Assert.DoesNotContain("ReadEventsAsync", unclear, StringComparison.Ordinal);
        Assert.Contains("public partial struct Other", unclear, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_that_are_asked_for_come_along()
    {
        var spec = Read("struct event { int a; }; int use(void) { return sizeof(struct event); } struct event *kept(void *x) { return x; }", []);
        spec.Btf!.TryFind(Ruche.Bpf.Objects.Btf.BtfKind.Struct, "event", out int id);

        Assert.Contains("public partial struct Event", SkeletonRenderer.Render(spec, new() { Types = [id] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_are_properties_and_static_ones_are_not()
    {
        string text = Render("""
            const volatile int limit = 3; volatile _Bool loud; unsigned char name[4] = "x"; static volatile int own = 2; long long_one SEC(".data.far") = 1;
            extern int LINUX_KERNEL_VERSION __kconfig;
            SEC("xdp") int use(void *x) { own += limit + loud + long_one + LINUX_KERNEL_VERSION; return 0; }
            """);

        Assert.Contains("public int Limit { get => Object.Global<int>(\"limit\").Value; set =>", text, StringComparison.Ordinal);
        Assert.Contains("public bool Loud { get => Object.Global<byte>(\"loud\").Value != 0; set =>", text, StringComparison.Ordinal);
        Assert.Contains("public Array4<byte> Name {", text, StringComparison.Ordinal);
        Assert.Contains("public long LongOne {", text, StringComparison.Ordinal);
        Assert.Contains("public int LinuxKernelVersion => Object.Global<int>(\"LINUX_KERNEL_VERSION\").Value;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Own", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_meet_are_told_apart()
    {
        string text = Render("""
            struct event { int load; int event; }; struct object { int a; };
            MAP(event, ARRAY, SIZE(1) KEY(int) VALUE(struct event)) MAP(load, ARRAY, SIZE(1) KEY(int) VALUE(struct object))
            int test, Test, class;
            """);

        Assert.Contains("BpfArray<Event_2> Event =>", text, StringComparison.Ordinal);
        Assert.Contains("BpfArray<Object_2> Load_2 =>", text, StringComparison.Ordinal);
        Assert.Contains("public int Test {", text, StringComparison.Ordinal);
        Assert.Contains("public int Test_2 {", text, StringComparison.Ordinal);
        Assert.Contains("public int Class {", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_cannot_end_what_they_are_written_in()
    {
        var spec = Read("int count;", []) with { Name = "a\"b\n</c>" };

        string text = SkeletonRenderer.Render(spec);

        Assert.Contains("\"a\\u0022b\\u000a</c>\"", text, StringComparison.Ordinal);
        Assert.Contains("<c>a\"b?&lt;/c&gt;</c>", text, StringComparison.Ordinal);
        Assert.Empty(ErrorsIn(text));
    }

    [Fact]
    public void Objects_of_debian_packages_have_skeletons() => Assert.All(RealObjects.All, real =>
    {
        if (ObjectSpec.TryRead(real.Image, real.Name, out var spec, out _)) Assert.Empty(ErrorsIn(SkeletonRenderer.Render(spec)));
    });

    [Fact]
    public void The_object_in_a_skeleton_is_the_object()
    {
        var spec = Read("MAP(m, HASH, SIZE(4) KEY(int) VALUE(int)) int count = 3;", []);

        var held = ObjectSpec.Read(HeldBy(SkeletonRenderer.Render(spec)), spec.Name);

        Assert.Equal(spec.Maps.Select(map => map.Name), held.Maps.Select(map => map.Name));
        Assert.Equal(spec.Programs.Select(program => program.Section), held.Programs.Select(program => program.Section));
    }

    // Compilers differ in the object they make: the members are those of the object that the committed skeleton holds.
    [Fact]
    public void The_skeleton_that_kernel_tests_use_is_what_its_object_gives()
    {
        string path = Path.Combine(Repository.Root, Folder, "VisitsObject.cs");
        SkeletonOptions options = new() { Namespace = "Ruche.Bpf.Tests.Skeletons" };
        if (Environment.GetEnvironmentVariable("RUCHE_APPROVE") == "1")
        {
            string source = File.ReadAllText(Path.Combine(Repository.Root, Folder, "visits.bpf.c"));
            File.WriteAllText(path, SkeletonRenderer.Render(ObjectSpec.Read(Clang.Compile(source, "-fdebug-compilation-dir=."), "visits"), options));
        }

        string committed = File.ReadAllText(path);
        string text = SkeletonRenderer.Render(ObjectSpec.Read(HeldBy(committed), "visits"), options);

        Assert.Equal(MembersOf(text), MembersOf(committed));
    }

    private static string MembersOf(string skeleton) => skeleton[..skeleton.IndexOf("private static byte[] Image()", StringComparison.Ordinal)];

    private static IEnumerable<Diagnostic> ErrorsIn(string text) =>
        CSharpSyntaxTree.ParseText(text, new(LanguageVersion.Latest), cancellationToken: TestContext.Current.CancellationToken).GetDiagnostics();

    private static byte[] HeldBy(string skeleton) => Convert.FromBase64String(skeleton.Split("\"\"\"")[1]);

    private static string Render(string source, params string[] arguments) => SkeletonRenderer.Render(Read(source, arguments));

    private static ObjectSpec Read(string source, string[] arguments) =>
        ObjectSpec.Read(Clang.Compile($"{Headers}{source}\nchar LICENSE[] SEC(\"license\") = \"GPL\";", arguments), "odd-one");
}
