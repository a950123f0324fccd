// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Btf;
using Ruche.Trace.Probes;
using Ruche.Trace.Tests.Running;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Probes;

public sealed class ProbeListingTests
{
    private static readonly TypeCatalog Types = KernelTypes();

    [Theory]
    [InlineData("vfs_*", "fentry:vmlinux:vfs_read fentry:vmlinux:vfs_stop kprobe:vfs_read kprobe:vfs_stop kprobe:vfs_untyped")]
    [InlineData("*:vfs_read", "fentry:vmlinux:vfs_read kprobe:vfs_read")]
    [InlineData("sched_switch", "rawtracepoint:vmlinux:sched_switch tracepoint:sched:sched_switch")]
    [InlineData("*:sched:*", "tracepoint:sched:sched_switch tracepoint:sched:sched_wakeup")]
    [InlineData("t*:sched:*_sw?tch", "tracepoint:sched:sched_switch")]
    [InlineData("t:s*:*", "tracepoint:sched:sched_switch tracepoint:sched:sched_wakeup tracepoint:syscalls:sys_enter_read")]
    [InlineData("k:nfs:*", "kprobe:nfs:nfs_open")]
    [InlineData("kr:nfs*", "kretprobe:nfs_open")]
    [InlineData("fr:vfs_r*", "fexit:vmlinux:vfs_read")]
    [InlineData("f:nfs:*", "fentry:nfs:nfs_open")]
    [InlineData("nfs_*", "fentry:nfs:nfs_open kprobe:nfs_open rawtracepoint:nfs:nfs_opened")]
    [InlineData("rt:nfs:*", "rawtracepoint:nfs:nfs_opened")]
    [InlineData("f:bpf:*", "fentry:bpf:7:main fentry:bpf:7:twice fentry:bpf:12:main")]
    [InlineData("fr:bpf:t*", "fexit:bpf:7:twice")]
    [InlineData("f:bpf:1?:*", "fentry:bpf:12:main")]
    [InlineData("rt:vmlinux:*", "rawtracepoint:vmlinux:sched_switch")]
    [InlineData("hardware:b*", "hardware:backend-stalls: hardware:branch-instructions: hardware:branch-misses: hardware:branches: hardware:bus-cycles:")]
    [InlineData("software:c[!o]*", "software:cpu-clock: software:cpu-migrations: software:cpu: software:cs:")]
    [InlineData("p:*", "profile:hz: profile:ms: profile:s: profile:us:")]
    [InlineData("begin", "")]
    [InlineData("nothing:*", "")]
    [InlineData("t:a:b:c", "")]
    [InlineData("struct *", "struct file struct task")]
    [InlineData("enum *", "enum order")]
    [InlineData("union *", "")]
    public void Places_and_types_are_listed(string pattern, string expected)
    {
        Assert.Equal(expected, string.Join(' ', Listed(pattern).Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void Without_a_pattern_everything_is_listed()
    {
        string[] providers = [.. Listed("").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(':')[0]).Distinct()];

        Assert.Equal(["fentry", "hardware", "kprobe", "rawtracepoint", "software", "tracepoint"], providers);
    }

    [Theory]
    [InlineData("f:vfs_read", "fentry:vmlinux:vfs_read\n    struct file * file\n    long unsigned int count\n")]
    [InlineData("fr:vfs_read", "fexit:vmlinux:vfs_read\n    struct file * file\n    long unsigned int count\n    int retval\n")]
    [InlineData("fr:vfs_stop", "fexit:vmlinux:vfs_stop\n")]
    [InlineData("fr:nfs:*", "fexit:nfs:nfs_open\n    struct file * file\n    struct nfs_server * server\n    int retval\n")]
    [InlineData("k:nfs:*", "kprobe:nfs:nfs_open\n    struct file * arg0\n    struct nfs_server * arg1\n")]
    [InlineData("k:vfs_read", "kprobe:vfs_read\n    struct file * arg0\n    long unsigned int arg1\n")]
    [InlineData("kr:vfs_read", "kretprobe:vfs_read\n    int retval\n")]
    [InlineData("k:vfs_untyped", "kprobe:vfs_untyped\n")]
    [InlineData("struct f*", "vmlinux: struct file {\n\tlong unsigned int position;\n};\n\n")]
    [InlineData("enum order", "vmlinux: enum order {\n\tLESS = -1,\n\tMORE = 1,\n};\n\n")]
    public void Arguments_follow_a_place(string pattern, string expected) => Assert.Equal(expected, Listed(pattern, isVerbose: true));

    [Fact]
    public void What_cannot_be_read_is_left_out_of_a_search_and_refused_when_asked_for()
    {
        ProbePlaces places = new(Types) { FindTracepoints = () => throw new BpfException("list the trace points", Errno.EACCES), FindFunctions = () => [] };
        using StringWriter text = new();
        ProbeListing listing = new(places, text, false);

        Assert.Equal(1, listing.List("sched_switch"));
        Assert.StartsWith("tracepoint: list the trace points: EACCES", Assert.Single(listing.Unreadable), StringComparison.Ordinal);
        Assert.Throws<BpfException>(() => listing.List("t:sched:*"));
    }

    [Fact]
    public void The_running_kernels_trace_points_are_listed_as_they_are_declared()
    {
        Assert.SkipUnless(TraceEvents.Exists("syscalls", "sys_enter_openat"), "tracefs does not tell of openat");
        using StringWriter text = new() { NewLine = "\n" };

        int count = new ProbeListing(new(TypeCatalog.Running), text, true).List("tracepoint:syscalls:sys_enter_openat");

        Assert.Equal(1, count);
        Assert.Equal("""
            tracepoint:syscalls:sys_enter_openat
                int __syscall_nr
                int dfd
                const char * filename
                int flags
                umode_t mode

            """, text.ToString());
    }

    [Fact]
    public void Arguments_of_programs_have_the_types_of_their_source()
    {
        using TracedProgram program = new();
        string path = program.Path;

        Assert.Equal($"uprobe:{path}:add\n    int a\n    long int b\n    unsigned char c\n", Listed($"uprobe:{path}:add", isVerbose: true));
        Assert.Equal($"uprobe:{path}:say\n    const char * text\n", Listed($"uprobe:{path}:sa*", isVerbose: true));
        Assert.Equal($"uprobe:{path}:build\n    struct comb * comb\n    enum mood mood\n    _Bool isOpen\n    cell_t cell\n    signed char step\n    long unsigned int mask\n    int seventh\n    const char * eighth\n", Listed($"uprobe:{path}:build", isVerbose: true));
        Assert.Equal($"uretprobe:{path}:build\n    struct comb * retval\n", Listed($"uretprobe:{path}:build", isVerbose: true));
        Assert.Equal($"uprobe:{path}:bare\n", Listed($"uprobe:{path}:bare", isVerbose: true));
    }

    private static string Listed(string pattern, bool isVerbose = false)
    {
        ProbePlaces places = new(Types)
        {
            FindFunctions = () => [new("vfs_untyped", null, 0), new("vfs_stop", null, 0), new("vfs_read", null, 0), new("nfs_open", "nfs", 0)],
            FindLoadedFunctions = () => [new(7, "main", -4), new(7, "twice", 8), new(12, "main", 0)],
            FindModules = () => ["nfs"],
            FindTracepoints = () => [new("syscalls", "sys_enter_read"), new("sched", "sched_wakeup"), new("sched", "sched_switch")],
        };
        using StringWriter text = new() { NewLine = "\n" };
        new ProbeListing(places, text, isVerbose).List(pattern);
        return text.ToString();
    }

    private static TypeCatalog KernelTypes()
    {
        BtfBuilder types = new();
        int number = types.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
        int word = types.Add(new BtfType.Int(8, IntEncoding.None, 0, 64) { Name = "long unsigned int" });
        types.Add(new BtfType.Composite(false, 4, [new("pid", number, 0, 0)]) { Name = "task" });
        int file = types.Add(new BtfType.Composite(false, 8, [new("position", word, 0, 0)]) { Name = "file" });
        int read = types.Add(new BtfType.FunctionPrototype(number, [new("file", types.Add(new BtfType.Pointer(file))), new("count", word)]));
        types.Add(new BtfType.Function(read, BtfLinkage.Static) { Name = "vfs_read" });
        types.Add(new BtfType.Function(types.Add(new BtfType.FunctionPrototype(0, [])), BtfLinkage.Static) { Name = "vfs_stop" });
        types.Add(new BtfType.Enum(4, true, false, [new("LESS", unchecked((ulong)-1)), new("MORE", 1)]) { Name = "order" });
        types.Add(new BtfType.Typedef(types.Add(new BtfType.Pointer(types.Add(new BtfType.FunctionPrototype(0, []))))) { Name = "btf_trace_sched_switch" });
        var built = types.Build();
        return new(() => built) { ModuleTypes = (module, kernel) => module == "nfs" ? NfsTypes(kernel, number, file) : null };
    }

    private static BtfSpec NfsTypes(BtfSpec kernel, int number, int file)
    {
        BtfBuilder types = new(kernel);
        int server = types.Add(new BtfType.Pointer(types.Add(new BtfType.Composite(false, 4, [new("port", number, 0, 0)]) { Name = "nfs_server" })));
        int open = types.Add(new BtfType.FunctionPrototype(number, [new("file", types.Add(new BtfType.Pointer(file))), new("server", server)]));
        types.Add(new BtfType.Function(open, BtfLinkage.Static) { Name = "nfs_open" });
        types.Add(new BtfType.Typedef(types.Add(new BtfType.Pointer(open))) { Name = "btf_trace_nfs_opened" });
        return types.Build();
    }
}
