// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Probes;

public sealed class ProbeExpansionTests
{
    private static readonly TraceableFunction[] Functions =
    [
        new("vfs_write", null, 0), new("vfs_read", null, 0), new("vfs_readv", null, 0), new("printk", null, 0), new("twice", null, 0),
        new("twice", "nfs", 0), new("nfs_open", "nfs", 0), new("nfs_close", "nfs", 0), new("bare_open", "bare", 0), new("untyped", null, 0),
    ];

    private static readonly TraceEvent[] Tracepoints =
        [new("syscalls", "sys_enter_read"), new("syscalls", "sys_enter_readv"), new("syscalls", "sys_exit_read"), new("sched", "sched_switch"), new("nfs4", "nfs_opened")];

    private static readonly TypeCatalog Types = KernelTypes();

    [Theory]
    [InlineData("BEGIN", "begin")]
    [InlineData("end", "end")]
    [InlineData("i:s:1", "interval:s:1 = 0 Hz, 1000000000 ns")]
    [InlineData("interval:ms:5", "interval:ms:5 = 0 Hz, 5000000 ns")]
    [InlineData("interval:us:100", "interval:us:100 = 0 Hz, 100000 ns")]
    [InlineData("p:hz:99", "profile:hz:99 = 99 Hz, 0 ns")]
    [InlineData("i:1s", "interval:us:1000000 = 0 Hz, 1000000000 ns")]
    [InlineData("profile:10ms", "profile:us:10000 = 0 Hz, 10000000 ns")]
    [InlineData("interval:1000000", "interval:us:1000 = 0 Hz, 1000000 ns")]
    [InlineData("p:hz:1e3", "profile:hz:1000 = 1000 Hz, 0 ns")]
    public void A_time_is_a_place(string text, string expected) => Assert.Equal(expected, Expanded(text));

    [Theory]
    [InlineData("s:cpu", "software:cpu = 0 after 1000000")]
    [InlineData("s:cpu-clock:5", "software:cpu-clock:5 = 0 after 5")]
    [InlineData("software:faults:", "software:faults = 2 after 100")]
    [InlineData("software:page-faults", "software:page-faults = 2 after 100")]
    [InlineData("software:cs", "software:cs = 3 after 1000")]
    [InlineData("software:major-faults", "software:major-faults = 6 after 1")]
    [InlineData("h:cycles", "hardware:cycles = 0 after 1000000")]
    [InlineData("hardware:branches:1e3", "hardware:branches:1000 = 4 after 1000")]
    [InlineData("hardware:cache-misses:", "hardware:cache-misses = 3 after 1000000")]
    [InlineData("software:task-clock:1e6", "software:task-clock:1000000 = 1 after 1000000")]
    public void A_counter_has_a_number_and_a_count(string text, string expected) => Assert.Equal(expected, Expanded(text));

    [Theory]
    [InlineData("t:syscalls:sys_enter_read", "tracepoint:syscalls:sys_enter_read")]
    [InlineData("t:syscalls:sys_*_read", "tracepoint:syscalls:sys_enter_read, tracepoint:syscalls:sys_exit_read")]
    [InlineData("t:s*:s*[hv]", "tracepoint:sched:sched_switch, tracepoint:syscalls:sys_enter_readv")]
    [InlineData("rt:sched_switch", "rawtracepoint:vmlinux:sched_switch")]
    [InlineData("rt:vmlinux:s*", "rawtracepoint:vmlinux:sched_switch, rawtracepoint:vmlinux:sys_enter")]
    public void Trace_points_are_found(string text, string expected) => Assert.Equal(expected, Expanded(text));

    [Theory]
    [InlineData("f:nfs:nfs_open", "fentry:nfs:nfs_open = nfs")]
    [InlineData("fr:nfs_open", "fexit:nfs:nfs_open = nfs")]
    [InlineData("f:nf*:*", "fentry:nfs:nfs_open = nfs, fentry:nfs:twice = nfs")]
    [InlineData("f:nfs_*", "fentry:nfs:nfs_open = nfs")]
    [InlineData("f:twic[e]", "fentry:vmlinux:twice = ")]
    [InlineData("f:twice", "fentry:vmlinux:twice = ")]
    [InlineData("f:nfs:twice", "fentry:nfs:twice = nfs")]
    [InlineData("rt:nfs:nfs_opened", "rawtracepoint:nfs:nfs_opened = nfs")]
    [InlineData("rt:nfs_opened", "rawtracepoint:nfs:nfs_opened = nfs")]
    [InlineData("rt:n*:*", "rawtracepoint:nfs:nfs_opened = nfs")]
    public void Places_of_modules_are_found(string text, string expected)
    {
        DiagnosticBag diagnostics = new();

        var sites = Expand(text, diagnostics);

        Assert.Empty(diagnostics.Items);
        Assert.Equal(expected, string.Join(", ", sites.Select(s => $"{s.Name} = {s.KernelModule}")));
        Assert.All(sites, s => Assert.NotNull(ProbeArguments.Of(s, Types)));
    }

    [Theory]
    [InlineData("f:nfs:nfs_close", "module 'nfs' does not tell the types of 'nfs_close', which 'fentry' needs", "write kprobe:nfs:nfs_close")]
    [InlineData("fr:bare:bare_open", "module 'bare' tells no types, which 'fexit' needs", "write kretprobe:bare:bare_open")]
    [InlineData("f:bare_open", "module 'bare' tells no types, which 'fentry' needs", "write kprobe:bare:bare_open")]
    [InlineData("f:ext9:nfs_open", "the kernel has no function 'nfs_open'", "")]
    public void What_a_module_does_not_tell_is_refused_with_a_way_out(string text, string message, string note)
    {
        DiagnosticBag diagnostics = new();

        Assert.Empty(Expand(text, diagnostics));

        var refused = Assert.Single(diagnostics.Items);
        Assert.Equal((message, note), (refused.Message, string.Join(' ', refused.Notes)));
    }

    [Theory]
    [InlineData("vfs_read")]
    [InlineData("vfs_*")]
    [InlineData("vmlinux:vfs_read")]
    public void What_the_kernel_itself_has_reads_no_module(string function)
    {
        var kernel = Types.Types;
        ProbePlaces places = new(new(() => kernel) { ModuleTypes = (_, _) => throw new InvalidOperationException("no module is needed") })
        {
            FindFunctions = () => Functions,
            FindModules = () => throw new InvalidOperationException("no module is needed"),
        };
        DiagnosticBag diagnostics = new();

        Assert.NotEmpty(Expand($"f:{function}", diagnostics, MissingProbes.Error, places));
        Assert.NotEmpty(Expand("rt:sched_switch", diagnostics, MissingProbes.Error, places));
        Assert.Empty(diagnostics.Items);
    }

    [Theory]
    [InlineData("f:bpf:main", "fentry:bpf:7:main, fentry:bpf:12:main")]
    [InlineData("fr:bpf:7:*", "fexit:bpf:7:main, fexit:bpf:7:twice")]
    [InlineData("kfunc:bpf:*:tw*", "fentry:bpf:7:twice")]
    public void Functions_of_loaded_programs_are_found(string text, string expected) => Assert.Equal(expected, Expanded(text));

    [Theory]
    [InlineData("k:vfs_read", "kprobe:vfs_read = vfs_read")]
    [InlineData("kprobe:vmlinux:vfs_read", "kprobe:vmlinux:vfs_read = vfs_read")]
    [InlineData("kprobe:nfs:nfs_open", "kprobe:nfs:nfs_open = nfs:nfs_open")]
    [InlineData("k:vfs_read+0x10", "kprobe:vfs_read+16 = vfs_read+16")]
    [InlineData("kr:vfs_r*", "kretprobe:vfs_read = vfs_read return, kretprobe:vfs_readv = vfs_readv return")]
    [InlineData("k:n*:*", "kprobe:nfs:nfs_close = nfs:nfs_close, kprobe:nfs:nfs_open = nfs:nfs_open, kprobe:nfs:twice = nfs:twice")]
    [InlineData("k:twi?e", "kprobe:twice = twice")]
    [InlineData("k:hidden", "kprobe:hidden = hidden")]
    public void Kernel_functions_are_found(string text, string expected) => Assert.Equal(expected, Expanded(text));

    [Theory]
    [InlineData("f:vfs_read", "fentry:vmlinux:vfs_read")]
    [InlineData("kretfunc:vmlinux:vfs_read", "fexit:vmlinux:vfs_read")]
    [InlineData("f:*", "fentry:vmlinux:twice, fentry:vmlinux:vfs_read, fentry:vmlinux:vfs_readv, fentry:vmlinux:vfs_write")]
    public void Of_functions_whose_types_are_needed_only_those_with_types_are_found(string text, string expected) => Assert.Equal(expected, Expanded(text));

    [Theory]
    [InlineData("t:syscalls:sys_enter_reed", "RU6110", "there is no trace point 'syscalls:sys_enter_reed'", "did you mean 'syscalls:sys_enter_read'?")]
    [InlineData("t:nfs:*", "RU6110", "no trace point matches 'tracepoint:nfs:*'")]
    [InlineData("rt:sched_swish", "RU6110", "there is no raw trace point 'sched_swish'", "did you mean 'sched_switch'?")]
    [InlineData("rt:nfs:sched_switch", "RU6110", "there is no raw trace point 'sched_switch'")]
    [InlineData("k:vfs_reed", "RU6110", "the kernel has no function 'vfs_reed'", "did you mean 'vfs_read'?")]
    [InlineData("k:nfs:vfs_read", "RU6110", "the kernel has no function 'vfs_read'", "did you mean 'vfs_readv'?")]
    [InlineData("k:zz*", "RU6110", "no kernel function matches 'kprobe:zz*'")]
    [InlineData("f:untyped", "RU6110", "the kernel does not tell the types of 'untyped', which 'fentry' needs", "write kprobe:untyped")]
    [InlineData("fexit:printk", "RU6110", "the kernel does not tell the types of 'printk', which 'fexit' needs", "write kretprobe:printk")]
    [InlineData("f:nfs:nfs_c*", "RU6110", "no kernel function matches 'fentry:nfs:nfs_c*'")]
    [InlineData("kr:vfs_read+4", "RU6115", "a return has no offset", "write kretprobe:vfs_read")]
    [InlineData("k:vfs_*+4", "RU6115", "an offset follows a pattern, expected one function")]
    [InlineData("k:vfs_read+x", "RU6115", "'vfs_read+x' has no offset behind the plus", "write function+16 or function+0x10")]
    [InlineData("f:a:b:c", "RU6115", "'fentry:a:b:c' has a part too many", "write fentry:function, fentry:module:function or fentry:bpf:id:program")]
    [InlineData("f:bpf:1:p", "RU6110", "no loaded program with types has a function 'p'")]
    [InlineData("f:bpf:one:main", "RU6115", "'one' is no number of a program", "write fentry:bpf:id:function; ruche bpf prog lists programs")]
    [InlineData("interval:x", "RU6111", "'x' is no rate of 'interval'", "write interval:1s or interval:hz:99")]
    [InlineData("interval:1.5s", "RU6111", "'1.5s' is no rate of 'interval'", "write interval:1s or interval:hz:99")]
    [InlineData("interval:s:0", "RU6111", "the rate of 'interval' is 0, expected at least 1")]
    [InlineData("profile:d:1", "RU6111", "'d' is no unit of 'profile'", "there are s, ms, us and hz")]
    [InlineData("interval:10ns", "RU6111", "'10ns' is 10 nanoseconds, expected at least a microsecond", "write interval:1us")]
    [InlineData("interval:s:18446744073709551615", "RU6111", "18446744073709551615s does not fit 64 bits in nanoseconds")]
    [InlineData("h:refcycles", "RU6113", "the kernel has no hardware event 'refcycles'", "did you mean 'cycles' or 'ref-cycles'?")]
    [InlineData("s:dumy", "RU6113", "the kernel has no software event 'dumy'", "did you mean 'dummy'?")]
    [InlineData("s:cs:x", "RU6114", "'x' is no count of events", "write a number of at least 1, or nothing")]
    [InlineData("s:cs:0", "RU6114", "'0' is no count of events", "write a number of at least 1, or nothing")]
    [InlineData("u:/nowhere/at/all:f", "RU6110", "'/nowhere/at/all' cannot be probed: '/nowhere/at/all' does not exist")]
    [InlineData("u:/nowhere/*:f", "RU6110", "no function matches 'uprobe:/nowhere/*:f'")]
    [InlineData("u:/bin/sh:go:f", "RU6115", "'go' is no language of 'uprobe'", "write uprobe:/path/to/binary:function")]
    [InlineData("ur:/bin/sh:f+4", "RU6115", "a return has no offset", "write uretprobe:/bin/sh:f")]
    public void What_does_not_exist_is_reported(string text, string id, string message, params string[] notes)
    {
        DiagnosticBag diagnostics = new();

        var sites = Expand(text, diagnostics);

        var found = Assert.Single(diagnostics.Items);
        Assert.Empty(sites);
        Assert.Equal((id, message, Severity.Error), (found.Id, found.Message, found.Severity));
        Assert.Equal(notes, found.Notes);
    }

    [Fact]
    public void A_script_may_go_without_a_place()
    {
        DiagnosticBag diagnostics = new();

        Assert.Empty(Expand("k:vfs_reed", diagnostics, MissingProbes.Ignore));
        Assert.Empty(diagnostics.Items);
        Assert.Empty(Expand("k:vfs_reed", diagnostics, MissingProbes.Warn));
        Assert.Equal(Severity.Warning, Assert.Single(diagnostics.Items).Severity);
    }

    [Theory]
    [InlineData("interval:ms:$1", "interval:ms:5 = 0 Hz, 5000000 ns")]
    [InlineData("k:$2", "kprobe:vfs_read = vfs_read")]
    [InlineData("k:$2+$1", "kprobe:vfs_read+5 = vfs_read+5")]
    public void Parameters_stand_in_parts(string text, string expected) => Assert.Equal(expected, Expanded(text));

    [Fact]
    public void A_diagnostic_points_to_the_part_that_is_wrong()
    {
        DiagnosticBag diagnostics = new();

        Expand("interval:d:1", diagnostics);

        Assert.Equal(new Location.Text("script.bt", 1, 10), Assert.Single(diagnostics.Items).Where);
    }

    [Fact]
    public void Trace_points_of_a_script_are_found_without_the_kernels_types()
    {
        ProbePlaces places = new(new TypeCatalog(() => throw new InvalidOperationException("types are not needed"))) { HasTracepoint = Tracepoints.Contains };
        DiagnosticBag diagnostics = new();

        Assert.Single(Expand("t:sched:sched_switch", diagnostics, MissingProbes.Error, places));
    }

    [Fact]
    public void Functions_of_a_program_of_this_host_are_found()
    {
        const string Program = "/bin/bash";
        Assert.SkipUnless(File.Exists(Program), $"there is no {Program}");
        DiagnosticBag diagnostics = new();
        string[] matching = [.. UserSymbols.FunctionsOf(Program).Where(n => n.StartsWith("read_b", StringComparison.Ordinal))];
        Assert.SkipWhen(matching.Length == 0, $"{Program} has other functions");

        Assert.Equal(matching.Select(n => $"uprobe:{Program}:{n}"), Expand($"u:{Program}:read_b*", diagnostics).Select(s => s.Name));
        var one = Assert.IsType<ProbeSite.UserProbe>(Assert.Single(Expand($"ur:{Program}:{matching[0]}", diagnostics)));
        Assert.Equal((Program, matching[0], 0ul, true), (one.Path, one.Function, one.Offset, one.IsReturn));
        Assert.Equal($"uprobe:{Program}:{matching[0]}+4", Assert.Single(Expand($"u:/bin/bas[h]:{matching[0]}+4", diagnostics)).Name);
        Assert.Empty(diagnostics.Items);

        Expand($"u:{Program}:{matching[0]}x", diagnostics);
        Assert.Contains("has no function", Assert.Single(diagnostics.Items).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_of_a_file_is_an_address_in_it()
    {
        DiagnosticBag diagnostics = new();
        string self = Environment.ProcessPath!;

        var site = Assert.IsType<ProbeSite.UserProbe>(Assert.Single(Expand($"u:{self}:0x100", diagnostics)));

        Assert.Equal(($"uprobe:{self}:256", null, 256ul), (site.Name, site.Function, site.Offset));
    }

    [Fact]
    public void The_running_kernels_functions_are_found_by_a_pattern()
    {
        Assert.SkipWhen(TypeCatalog.Running.Types is null, "the kernel tells no types");
        DiagnosticBag diagnostics = new();
        ProbePlaces places = new(TypeCatalog.Running);

        var entries = Expand("k:vfs_*", diagnostics, MissingProbes.Error, places);
        var typed = Expand("f:vfs_*", diagnostics, MissingProbes.Error, places);

        Assert.Empty(diagnostics.Items);
        Assert.Contains(entries, s => s.Name == "kprobe:vfs_read");
        Assert.Contains(typed, s => s.Name == "fentry:vmlinux:vfs_read");
        Assert.All(typed, s => Assert.NotNull(ProbeArguments.Of(s, TypeCatalog.Running)));
        Assert.Equal(entries.Select(s => s.Name).Distinct().Order(StringComparer.Ordinal), entries.Select(s => s.Name));
    }

    private static string Expanded(string text)
    {
        DiagnosticBag diagnostics = new();
        var sites = Expand(text, diagnostics);
        Assert.Empty(diagnostics.Items);
        return string.Join(", ", sites.Select(Describe));
    }

    private static string Describe(ProbeSite site) => site switch
    {
        ProbeSite.Interval x => $"{x.Name} = {x.Rate.Hertz} Hz, {x.Rate.Nanoseconds} ns",
        ProbeSite.Profile x => $"{x.Name} = {x.Rate.Hertz} Hz, {x.Rate.Nanoseconds} ns",
        ProbeSite.Counter x => $"{x.Name} = {x.Event} after {x.Count}",
        ProbeSite.KernelProbe x => $"{x.Name} = {(x.Module is null ? "" : $"{x.Module}:")}{x.Function}{(x.Offset == 0 ? "" : $"+{x.Offset}")}{(x.IsReturn ? " return" : "")}",
        _ => site.Name,
    };

    private static ImmutableArray<ProbeSite> Expand(string text, DiagnosticBag diagnostics, MissingProbes missing = MissingProbes.Error, ProbePlaces? places = null)
    {
        SourceText source = new($"{text} {{ }}", "script.bt");
        var probe = Assert.IsType<Declaration.Probe>(TraceScript.Parse(source.Text, source.Name).Tree.Declarations.Single());
        var target = AttachPointReader.Read(Assert.Single(probe.AttachPoints), source, diagnostics, ["5", "vfs_read"]);
        Assert.NotNull(target);
        return ProbeExpansion.Expand(target, source, diagnostics, places ?? Places(), missing);
    }

    private static ProbePlaces Places() => new(Types)
    {
        FindFunctions = () => Functions,
        FindLoadedFunctions = () => [new(7, "main", -4), new(7, "twice", 8), new(12, "main", 0)],
        HasFunction = name => name == "hidden" || Functions.Any(f => f.Name == name),
        FindTracepoints = () => Tracepoints,
        HasTracepoint = Tracepoints.Contains,
        FindModules = () => ["nfs"],
    };

    private static TypeCatalog KernelTypes()
    {
        BtfBuilder types = new();
        int number = types.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
        int plain = types.Add(new BtfType.FunctionPrototype(number, [new("fd", number)]));
        int any = types.Add(new BtfType.FunctionPrototype(number, [new("fd", number), new("", 0)]));
        foreach (string name in (string[])["vfs_read", "vfs_readv", "vfs_write", "twice"]) types.Add(new BtfType.Function(plain, BtfLinkage.Static) { Name = name });
        types.Add(new BtfType.Function(any, BtfLinkage.Static) { Name = "printk" });
        foreach (string name in (string[])["sys_enter", "sched_switch"])
            types.Add(new BtfType.Typedef(types.Add(new BtfType.Pointer(plain))) { Name = $"btf_trace_{name}" });
        var built = types.Build();
        return new(() => built) { ModuleTypes = (module, kernel) => module == "nfs" ? NfsTypes(kernel, plain) : null };
    }

    private static BtfSpec NfsTypes(BtfSpec kernel, int plain)
    {
        BtfBuilder types = new(kernel);
        types.Add(new BtfType.Function(plain, BtfLinkage.Static) { Name = "nfs_open" });
        types.Add(new BtfType.Function(plain, BtfLinkage.Static) { Name = "twice" });
        types.Add(new BtfType.Typedef(types.Add(new BtfType.Pointer(plain))) { Name = "btf_trace_nfs_opened" });
        return types.Build();
    }
}
