// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Pins;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Tests.Loading;

public sealed class BpfObjectTests : KernelTest
{
    private const string Counter = """
        struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, int); __type(value, long); __uint(max_entries, 10); } counts SEC(".maps");
        const volatile int step = 1;
        int target_pid;
        long seen;
        int limits[3] = { 10, 20, 30 };
        SEC("tracepoint/raw_syscalls/sys_enter")
        int on_enter(void *ctx)
        {
            int key = 7;
            long one = step, *value;
            if (bpf_get_current_pid_tgid() >> 32 != target_pid || limits[1] != 20)
                return 0;
            seen += step;
            value = bpf_map_lookup_elem(&counts, &key);
            if (value)
                *value += step;
            else
                bpf_map_update_elem(&counts, &key, &one, BPF_ANY);
            return 0;
        }
        """;

    private static readonly byte[] Packet = new byte[64];

    private readonly record struct Limits(int First, int Second, int Third);

    [Fact]
    public void Counts_the_system_calls_of_this_process()
    {
        using var counter = TestObject.Open(Counter);
        counter.Global<int>("step").Value = 3;
        counter.Load();
        counter.Global<int>("target_pid").Value = Environment.ProcessId;

        var outcomes = counter.Attach();
        for (int i = 0; i < 10; i++) _ = Directory.Exists("/proc/self");

        var outcome = Assert.Single(outcomes);
        Assert.True(outcome.IsAttached);
        Assert.Equal(KernelFeatures.PerfEventLink.Ask() is Support.Yes ? "bpf link" : "perf event", outcome.Link!.Mechanism);
        long seen = counter.Global<long>("seen").Value;
        Assert.True(seen >= 30, $"saw {seen}");
        Assert.Equal(0, seen % 3);
        Assert.True(counter.HashMap<int, long>("counts").TryGetValue(7, out long counted));
        Assert.True(counted >= seen);
    }

    [Fact]
    public void Each_phase_puts_only_its_own_things_into_the_kernel()
    {
        using var counter = TestObject.Open(Counter);

        Assert.Equal(ObjectPhase.Opened, counter.Phase);
        Assert.Empty(counter.Maps);
        counter.Prepare();
        Assert.Equal(ObjectPhase.Prepared, counter.Phase);
        Assert.Equal([".bss", ".data", ".rodata", "counts"], counter.Maps.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(counter.Programs);
        counter.Load();
        Assert.Equal(ObjectPhase.Loaded, counter.Phase);
        Assert.Single(counter.Programs);
        Assert.Empty(counter.Links);
        Assert.Throws<InvalidOperationException>(() => counter.Load());
    }

    [Fact]
    public void Data_sections_carry_the_objects_name_in_the_kernel()
    {
        using var counter = TestObject.Open(Counter, name: "a_long_object_name").Prepare();

        Assert.Equal("a_long_o.rodata", counter.Map(".rodata").Info.Name);
        Assert.True(counter.Map(".rodata").IsFrozen);
        Assert.False(counter.Map(".data").IsFrozen);
    }

    [Fact]
    public void Constants_change_before_preparing_only()
    {
        using var counter = TestObject.Open(Counter);
        counter.Global<int>("step").Value = 5;

        counter.Prepare();
        var refusal = Assert.Throws<InvalidOperationException>(() => counter.Global<int>("step").Value = 6);

        Assert.Equal(5, counter.Global<int>("step").Value);
        Assert.Contains("'step' is constant", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_keep_their_initial_values_and_names_are_checked()
    {
        using var counter = TestObject.Open(Counter).Prepare();

        Assert.Equal(new(10, 20, 30), counter.Global<Limits>("limits").Value);
        Assert.Contains("it has ", Assert.Throws<ArgumentException>(() => counter.Global<int>("limit")).Message, StringComparison.Ordinal);
        Assert.Contains("12 bytes", Assert.Throws<ArgumentException>(() => counter.Global<int>("limits")).Message, StringComparison.Ordinal);
        Assert.Contains("counts", Assert.Throws<ArgumentException>(() => counter.Map("count")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => counter.Program("on_enter"));
    }

    [Fact]
    public void Programs_are_left_out_on_request()
    {
        using var counter = TestObject.Open(Counter);

        counter.SetAutoLoad("on_enter", false).Load();

        Assert.Empty(counter.Programs);
        Assert.Throws<ArgumentException>(() => TestObject.Open(Counter).SetAutoLoad("on_entr", true));
    }

    [Fact]
    public void Optional_programs_are_loaded_on_request()
    {
        const string Source = """
            SEC("?xdp") int optional(struct xdp_md *ctx) { return XDP_PASS; }
            SEC("xdp") int wanted(struct xdp_md *ctx) { return XDP_DROP; }
            """;
        using var plain = TestObject.Load(Source);
        using var chosen = TestObject.Open(Source).SetAutoLoad("optional", true).Load();

        Assert.Equal(["wanted"], plain.Programs.Keys);
        Assert.Equal(2, chosen.Programs.Count);
    }

    [Fact]
    public void Programs_without_a_place_are_reported_with_the_reason()
    {
        Since(5, 14, "programs that run on request");
        using var several = TestObject.Load("""
            SEC("xdp") int on_packet(struct xdp_md *ctx) { return XDP_PASS; }
            SEC("tc") int on_skb(struct __sk_buff *ctx) { return 0; }
            SEC("cgroup/connect4") int on_connect(struct bpf_sock_addr *ctx) { return 1; }
            SEC("syscall") int on_request(void *ctx) { return 0; }
            SEC("raw_tp/sys_enter") int on_enter(void *ctx) { return 0; }
            """);

        var outcomes = several.Attach().ToDictionary(o => o.Program.Name);

        Assert.Equal("no network interface was given", outcomes["on_packet"].Reason);
        Assert.Equal("no network interface was given", outcomes["on_skb"].Reason);
        Assert.Equal("no cgroup was given", outcomes["on_connect"].Reason);
        Assert.Equal("it runs on request only", outcomes["on_request"].Reason);
        Assert.True(outcomes["on_enter"].IsAttached);
    }

    [Fact]
    public void A_map_that_is_pinned_by_name_is_shared_and_reused()
    {
        const string Source = """
            struct { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, int); __type(value, long); __uint(max_entries, 1); __uint(pinning, LIBBPF_PIN_BY_NAME); } shared SEC(".maps");
            SEC("socket") int adds(struct __sk_buff *skb) { int key = 0; long *v = bpf_map_lookup_elem(&shared, &key); if (v) *v += 1; return 0; }
            """;
        LoadOptions options = new() { PinRoot = PinPath("shared-root") };
        using (var first = TestObject.Load(Source, options)) first.Program("adds").Run(Packet);
        using var second = TestObject.Load(Source, options);

        second.Program("adds").Run(Packet);

        Assert.Equal(2, second.Array<long>("shared")[0]);
        BpfPins.Remove(PinPath("shared-root/shared"));
        Directory.Delete(PinPath("shared-root"));
    }

    [Fact]
    public void A_pin_that_does_not_fit_is_refused_and_left_alone()
    {
        const string Source = """
            struct { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, int); __type(value, long); __uint(max_entries, SIZE); __uint(pinning, LIBBPF_PIN_BY_NAME); } unfit SEC(".maps");
            SEC("socket") int uses(struct __sk_buff *skb) { return bpf_map_lookup_elem(&unfit, &(int){ 0 }) != 0; }
            """;
        LoadOptions options = new() { PinRoot = PinDirectory };
        using var first = TestObject.Load(Source.Replace("SIZE", "1", StringComparison.Ordinal), options);

        var refusal = Assert.Throws<BpfException>(() => TestObject.Load(Source.Replace("SIZE", "2", StringComparison.Ordinal), options));

        Assert.Contains("its max_entries is 1, the object wants 2", refusal.Message, StringComparison.Ordinal);
        Assert.True(BpfPins.Remove(PinPath("unfit")));
    }

    [Fact]
    public void A_failure_takes_back_maps_programs_and_the_pins_it_made()
    {
        const string Source = """
            struct { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, int); __type(value, long); __uint(max_entries, 1); __uint(pinning, LIBBPF_PIN_BY_NAME); } halfway SEC(".maps");
            SEC("xdp") int good(struct xdp_md *ctx) { return bpf_map_lookup_elem(&halfway, &(int){ 0 }) ? XDP_PASS : XDP_DROP; }
            SEC("xdp") int refused(struct xdp_md *ctx) { return *(int *)(long)ctx->rx_queue_index; }
            """;
        using var opened = TestObject.Open(Source, new() { PinRoot = PinDirectory });

        Assert.Throws<VerifierException>(() => opened.Load());

        // That nothing is left is what the leak check after every test finds out.
        Assert.Equal(ObjectPhase.Opened, opened.Phase);
        Assert.Empty(opened.Maps);
        Assert.Empty(opened.Programs);
        Assert.False(File.Exists(PinPath("halfway")));
        opened.SetAutoLoad("refused", false).Load();
        Assert.Equal(["good"], opened.Programs.Keys);
        BpfPins.Remove(PinPath("halfway"));
    }

    [Fact]
    public void A_failed_attachment_detaches_what_was_attached_before_it()
    {
        using var several = TestObject.Load("""
            SEC("raw_tp/sys_enter") int first(void *ctx) { return 0; }
            SEC("tp/no_such/trace_point") int second(void *ctx) { return 0; }
            """);
        uint id = several.Program("first").Id;

        var refusal = Assert.Throws<BpfException>(() => several.Attach());

        Assert.Contains("'second'", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(several.Links);
        Assert.DoesNotContain(Ruche.Bpf.Links.BpfLink.EnumerateIds().Select(Ruche.Bpf.Links.BpfLink.TryOpenById), link =>
        {
            using (link) return link?.GetInfo().ProgramId == id;
        });
    }

    [Fact]
    public void Static_entries_of_program_arrays_and_maps_of_maps_are_filled()
    {
        const string Source = """
            struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, int); __type(value, int); __uint(max_entries, 1); } first SEC(".maps"), second SEC(".maps");
            struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 2); __type(key, int); __array(values, struct inner); }
                outer SEC(".maps") = { .values = { &first, &second } };
            int callee(struct __sk_buff *skb);
            struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 3); __uint(key_size, 4); __array(values, int (void *)); }
                calls SEC(".maps") = { .values = { [2] = (void *)&callee } };
            SEC("socket") int caller(struct __sk_buff *skb) { bpf_tail_call(skb, &calls, 2); return 1; }
            SEC("socket") int callee(struct __sk_buff *skb)
            {
                void *map = bpf_map_lookup_elem(&outer, &(int){ 1 });
                int *value = map ? bpf_map_lookup_elem(map, &(int){ 0 }) : 0;
                return value ? *value : 2;
            }
            """;
        using var nested = TestObject.Load(Source);
        nested.Array<int>("second")[0] = 77;

        var run = nested.Program("caller").Run(Packet);

        Assert.Equal(77u, run.ReturnValue);
    }

    [Fact]
    public void A_live_map_of_the_caller_stands_in_for_one_of_the_object()
    {
        using var owner = TestObject.Open(Counter).Prepare();
        using var user = TestObject.Open(Counter, new() { Maps = new Dictionary<string, BpfMap> { ["counts"] = owner.Map("counts") } });

        user.Load();
        uint id = user.Map("counts").Id;
        user.Dispose();

        Assert.Equal(owner.Map("counts").Id, id);
        owner.HashMap<int, long>("counts").Update(1, 2);
    }

    [Fact]
    public void An_arena_has_an_address_before_programs_use_it()
    {
        Needs(KernelFeatures.Arena);
        const string Source = """
            struct { __uint(type, 33); __uint(map_flags, 1 << 10); __uint(max_entries, 4); } arena SEC(".maps");
            extern void *bpf_arena_alloc_pages(void *map, void *address, __u32 count, int node, __u64 flags) __attribute__((section(".ksyms")));
            int allocated;
            SEC("syscall") int allocates(void *ctx) { allocated = bpf_arena_alloc_pages(&arena, 0, 1, -1, 0) != 0; return 0; }
            """;
        using var owner = TestObject.Load(Source);

        owner.Program("allocates").Run();

        Assert.Equal(1, owner.Global<int>("allocated").Value);
        Assert.Contains("bpf-map", File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_that_says_nothing_is_explained()
    {
        var spec = TestObject.Read("""SEC("no/such/kind") int strange(void *ctx) { return 0; }""");
        using var opened = BpfObject.Open(spec);

        var refusal = Assert.Throws<BpfException>(() => opened.Load());

        Assert.Contains("'no/such/kind' does not say what it is", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loads_a_file_in_one_line()
    {
        string path = Path.Combine(Path.GetTempPath(), $"ruche-{Environment.ProcessId}.bpf.o");
        File.WriteAllBytes(path, TestObject.Compile("""
            SEC("socket") int answers(void *ctx) { return 42; }
            """));

        using var loaded = BpfObject.LoadFile(path);
        File.Delete(path);

        Assert.Equal(42u, loaded.Program("answers").Run(Packet).ReturnValue);
    }

    [Fact]
    public void Preparing_a_blueprint_again_after_disposal_is_refused()
    {
        var counter = TestObject.Open(Counter).Prepare();
        counter.Dispose();
        counter.Dispose();

        Assert.Throws<ObjectDisposedException>(() => counter.Load());
        Assert.Equal(ObjectPhase.Disposed, counter.Phase);
        Assert.Equal(DataSectionKind.Bss, counter.Spec.Maps.First(m => m.Name == ".bss").DataSection);
    }

    [Fact]
    public void A_map_of_maps_that_is_not_wanted_is_neither_made_nor_filled()
    {
        const string Source = """
            struct inner { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int); __type(value, int); } first SEC(".maps");
            struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 1); __type(key, int); __array(values, struct inner); } outer SEC(".maps") = { .values = { &first } };
            SEC("socket") int runs(void *ctx) { return 7; }
            """;
        var spec = TestObject.Read(Source);
        using var opened = BpfObject.Open(spec with { Maps = [.. spec.Maps.Select(m => m with { AutoCreate = false })] });

        opened.Load();

        Assert.Empty(opened.Maps);
        Assert.Equal(7u, opened.Program("runs").Run(new byte[64]).ReturnValue);
    }
}
