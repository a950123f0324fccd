// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Btf;
using Ruche.Trace.Probes;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Probes;

public sealed class ProbeArgumentsTests
{
    private readonly BtfBuilder _types = new();
    private readonly int _int, _word, _pointer;

    public ProbeArgumentsTests()
    {
        _int = _types.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
        _word = _types.Add(new BtfType.Int(8, IntEncoding.None, 0, 64) { Name = "long unsigned int" });
        _pointer = _types.Add(new BtfType.Pointer(0));
    }

    private static ProbeSite FexitOfVfsRead { get; } = new ProbeSite.KernelFunction("fexit:vmlinux:vfs_read", null, "vfs_read", true);

    [Fact]
    public void Each_argument_of_a_function_is_a_word_and_what_it_returns_lies_behind_them()
    {
        Function("f", _int, new("fd", _int), new("count", _word));

        Assert.Equal("fd: int32 at 0, count: uint64 at 8", Arguments(Fentry("f")));
        Assert.Equal("fd: int32 at 0, count: uint64 at 8", Arguments(Fexit("f")));
        Assert.Equal("retval: int32 at 16", Returned(Fexit("f")));
        Assert.Null(Returned(Fentry("f")));
    }

    [Fact]
    public void A_structure_of_two_words_takes_two()
    {
        int pair = _types.Add(new BtfType.Composite(false, 16, [new("a", _word, 0, 0), new("b", _word, 64, 0)]) { Name = "pair" });
        Function("f", _word, new("pair", pair), new("last", _int));

        Assert.Equal("pair: struct pair at 0, last: int32 at 16", Arguments(Fentry("f")));
        Assert.Equal("retval: uint64 at 24", Returned(Fexit("f")));
    }

    [Fact]
    public void A_function_that_returns_nothing_has_no_return_value()
    {
        Function("f", 0);

        Assert.Equal("", Arguments(Fentry("f")));
        Assert.Null(Returned(Fexit("f")));
    }

    [Fact]
    public void Only_at_its_entry_are_the_arguments_of_a_function_known_to_a_kprobe()
    {
        Function("f", _int, new BtfParameter("fd", _int));

        Assert.Equal("fd: int32 at 0", Arguments(new ProbeSite.KernelProbe("kprobe:f", null, "f", 0, false)));
        Assert.Null(Arguments(new ProbeSite.KernelProbe("kprobe:f+4", null, "f", 4, false)));
        Assert.Null(Arguments(new ProbeSite.KernelProbe("kretprobe:f", null, "f", 0, true)));
        Assert.Equal("retval: int32 at 8", Returned(new ProbeSite.KernelProbe("kretprobe:f", null, "f", 0, true)));
    }

    [Fact]
    public void A_raw_trace_point_leaves_out_the_kernels_own_argument()
    {
        RawTracepoint("switch", ["", "", ""]);
        Function("__probestub_switch", 0, new("__data", _pointer), new("preempt", _int), new("state", _word));

        Assert.Equal("preempt: int32 at 0, state: uint64 at 8", Arguments(Raw("switch")));
    }

    [Fact]
    public void Arguments_of_a_raw_trace_point_without_names_are_numbered()
    {
        RawTracepoint("switch", ["", "", ""]);

        Assert.Equal("arg0: int32 at 0, arg1: uint64 at 8", Arguments(Raw("switch")));
        Assert.Null(Arguments(Raw("swatch")));
    }

    [Fact]
    public void Without_types_of_the_kernel_nothing_is_known_of_functions()
    {
        TypeCatalog none = new(() => null);

        Assert.Null(ProbeArguments.Of(Fentry("f"), none));
        Assert.Null(ProbeArguments.ReturnOf(Fexit("f"), none));
        Assert.Null(ProbeArguments.Of(Raw("switch"), none));
    }

    [Fact]
    public void Other_places_have_no_arguments()
    {
        Assert.Null(Arguments(new ProbeSite.Begin()));
        Assert.Null(Arguments(new ProbeSite.Interval("interval:s:1", new(0, 1_000_000_000))));
        Assert.Null(Arguments(new ProbeSite.UserProbe("uprobe:/bin/x:f", "/bin/x", "f", 0, false)));
    }

    [Fact]
    public void The_running_kernels_trace_points_have_fields_that_lie_in_the_event()
    {
        SkipWithoutTracefs();
        int seen = 0;

        foreach (var point in TraceEvents.All())
        {
            var fields = ProbeArguments.Of(new ProbeSite.Tracepoint($"tracepoint:{point}", point.Category, point.Name), TypeCatalog.Running);
            foreach (var field in fields!.Members)
            {
                int size = field.Location is FieldLocation.Inline ? ValueLayout.SizeOf(field.Type) : sizeof(uint);
                Assert.True(field.Offset + size <= fields.Size, $"{point} {field.Name}: {field.Type} at {field.Offset} of {fields.Size}");
                seen++;
            }
        }

        Assert.True(seen > 5000, $"{seen} fields");
    }

    [Fact]
    public void The_running_kernel_tells_what_openat_is_given()
    {
        SkipWithoutTracefs();

        var fields = ProbeArguments.Of(new ProbeSite.Tracepoint("tracepoint:syscalls:sys_enter_openat", "syscalls", "sys_enter_openat"), TypeCatalog.Running);

        TraceType name = new TraceType.Pointer(new TraceType.Integer(1, true), MemorySpace.User);
        Assert.Equal((name, 24), fields!.Find("filename") is { } x ? (x.Type, x.Offset) : default);
        Assert.Equal((TraceType.Int32, 32), fields.Find("flags") is { } y ? (y.Type, y.Offset) : default);
        Assert.Equal(TraceType.Int32, fields.Find("common_pid")?.Type);
    }

    [Fact]
    public void The_running_kernel_tells_what_its_functions_take()
    {
        Assert.SkipWhen(TypeCatalog.Running.Types is null, "the kernel tells no types");

        var taken = ProbeArguments.Of(FexitOfVfsRead, TypeCatalog.Running)!;

        Assert.Equal(["file", "buf", "count", "pos"], taken.Members.Select(m => m.Name));
        Assert.Equal("struct file *", taken.Members[0].Spelling);
        Assert.Equal("struct file *", taken.Members[0].Type.ToString());
        Assert.Equal((32, "ssize_t"), ProbeArguments.ReturnOf(FexitOfVfsRead, TypeCatalog.Running) is { } x ? (x.Offset, x.Spelling) : default);
    }

    [Fact]
    public void The_running_kernel_tells_the_arguments_of_a_raw_trace_point()
    {
        Assert.SkipWhen(TypeCatalog.Running.Types is null, "the kernel tells no types");

        var taken = ProbeArguments.Of(Raw("sched_switch"), TypeCatalog.Running)!;

        Assert.Equal(["preempt", "prev", "next"], taken.Members.Select(m => m.Name).Take(3));
        Assert.Equal("struct task_struct *", taken.Find("next")!.Type.ToString());
    }

    private static void SkipWithoutTracefs()
    {
        try
        {
            TraceEvents.All();
        }
        catch (BpfException e)
        {
            Assert.Skip($"tracefs cannot be read: {e.Message}");
        }
    }

    private static ProbeSite.KernelFunction Fentry(string name) => new($"fentry:vmlinux:{name}", null, name, false);

    private static ProbeSite.KernelFunction Fexit(string name) => new($"fexit:vmlinux:{name}", null, name, true);

    private static ProbeSite.RawTracepoint Raw(string name) => new($"rawtracepoint:vmlinux:{name}", null, name);

    private void Function(string name, int returns, params BtfParameter[] parameters) =>
        _types.Add(new BtfType.Function(_types.Add(new BtfType.FunctionPrototype(returns, [.. parameters])), BtfLinkage.Static) { Name = name });

    private void RawTracepoint(string name, string[] names)
    {
        int prototype = _types.Add(new BtfType.FunctionPrototype(0, [new(names[0], _pointer), new(names[1], _int), new(names[2], _word)]));
        _types.Add(new BtfType.Typedef(_types.Add(new BtfType.Pointer(prototype))) { Name = $"btf_trace_{name}" });
    }

    private string? Arguments(ProbeSite site) =>
        ProbeArguments.Of(site, Catalog()) is { } found ? string.Join(", ", found.Members.Select(Describe)) : null;

    private string? Returned(ProbeSite site) => ProbeArguments.ReturnOf(site, Catalog()) is { } found ? Describe(found) : null;

    private TypeCatalog Catalog()
    {
        var types = _types.Build();
        return new(() => types);
    }

    private static string Describe(RecordMember member) => $"{member.Name}: {member.Type} at {member.Offset}";
}
