// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

public sealed class TracepointTests : KernelTest
{
    private const string Body = """
        (void *ctx)
        {
            if (bpf_get_current_pid_tgid() >> 32 == target_pid)
                seen++;
            return 0;
        }
        """;

    [Theory]
    [InlineData("tracepoint/raw_syscalls/sys_enter", AttachKind.Tracepoint)]
    [InlineData("tp/syscalls/sys_enter_getppid", AttachKind.Tracepoint)]
    [InlineData("raw_tp/sys_enter", AttachKind.RawTracepoint)]
    [InlineData("tp_btf/sys_enter", AttachKind.BtfTracepoint)]
    public void Sees_the_system_calls_of_this_process_until_it_is_detached(string section, AttachKind kind)
    {
        using var counter = TestObject.Load($"int target_pid; long seen;\nSEC(\"{section}\") int on_enter{Body}");
        counter.Global<int>("target_pid").Value = Environment.ProcessId;
        var seen = counter.Global<long>("seen");
        counter.Attach();
        var link = Assert.Single(counter.Links);

        MakeSystemCalls();
        long attached = seen.Value;
        link.Detach();
        long detached = seen.Value;
        MakeSystemCalls();

        Assert.Equal(kind, link.Kind);
        Assert.True(attached >= 20, $"saw {attached}");
        Assert.Equal(detached, seen.Value);
    }

    [Fact]
    public void Links_that_are_disposed_together_are_detached_when_it_returns()
    {
        using var counter = TestObject.Load($"int target_pid; long seen;\nSEC(\"tp/syscalls/sys_enter_getpgid\") int on_enter{Body}");
        counter.Global<int>("target_pid").Value = Environment.ProcessId;
        var seen = counter.Global<long>("seen");
        var program = counter.Program("on_enter");
        BpfLink[] links =
        [
            program.AttachTracepoint("syscalls", "sys_enter_getpgid"),
            program.AttachTracepoint("syscalls", "sys_exit_getpgid"),
            program.AttachTracepoint("syscalls", "sys_enter_getppid"),
        ];

        MakeSystemCalls();
        long attached = seen.Value;
        BpfLink.DisposeAll(links);
        long detached = seen.Value;
        MakeSystemCalls();
        BpfLink.DisposeAll(links);

        Assert.True(attached >= 20, $"saw {attached}");
        Assert.Equal(detached, seen.Value);
        Assert.Empty(BpfLink.OpenByProgram("on_enter"));
    }

    [Fact]
    public void The_kernel_tells_about_a_raw_trace_point_link()
    {
        using var counter = TestObject.Load($"int target_pid; long seen;\nSEC(\"raw_tp/sys_enter\") int on_enter{Body}");

        using var link = counter.Program("on_enter").AttachRawTracepoint("sys_enter");

        var info = link.GetInfo();
        Assert.Equal(LinkType.RawTracepoint, info.Type);
        Assert.Equal("sys_enter", info.TargetName);
        Assert.Equal(counter.Program("on_enter").Id, info.ProgramId);
        Assert.Equal("on_enter", info.ProgramName);
        Assert.Contains(info.Id, BpfLink.EnumerateIds());
    }

    [Fact]
    public void A_cookie_reaches_the_program()
    {
        Needs(Ruche.Bpf.Features.KernelFeatures.PerfEventLink);
        using var reader = TestObject.Load("""
            long cookie;
            SEC("tracepoint/raw_syscalls/sys_enter") int on_enter(void *ctx) { cookie = bpf_get_attach_cookie(ctx); return 0; }
            """);

        using var link = reader.Program("on_enter").AttachTracepoint("raw_syscalls", "sys_enter", cookie: 0x1234);
        MakeSystemCalls();

        Assert.Equal(0x1234, reader.Global<long>("cookie").Value);
    }

    [Theory]
    [InlineData("sched", "sched_swich", "sched:sched_switch")]
    [InlineData("shced", "sched_switch", "sched:sched_switch")]
    public void A_missing_trace_point_gets_suggestions(string category, string name, string suggestion)
    {
        using var counter = TestObject.Load($"int target_pid; long seen;\nSEC(\"tp\") int on_enter{Body}");

        var refusal = Assert.Throws<BpfException>(() => counter.Program("on_enter").AttachTracepoint(category, name));

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains($"did you mean '{suggestion}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_and_their_links_are_opened_by_name()
    {
        const string Name = "opened_by_name";
        using var loaded = TestObject.Load($$"""SEC("raw_tp/sys_enter") int {{Name}}(void *ctx) { return 0; }""");
        loaded.Attach();

        List<BpfProgram> programs = [.. BpfProgram.OpenByName(Name)];
        List<KernelLink> links = [.. BpfLink.OpenByProgram(Name)];
        uint[] ids = [.. programs.Select(p => p.Id)];
        uint[] linkIds = [.. links.Select(l => l.GetInfo().Id)];
        programs.ForEach(p => p.Dispose());
        links.ForEach(l => l.Dispose());

        // Another run of the tests may have such a program too.
        Assert.Contains(loaded.Program(Name).Id, ids);
        Assert.Contains(((KernelLink)loaded.Links[0]).GetInfo().Id, linkIds);
        Assert.Empty(BpfProgram.OpenByName("no_such_name"));
    }

    [Fact]
    public void A_missing_raw_trace_point_gets_suggestions()
    {
        using var counter = TestObject.Load($"int target_pid; long seen;\nSEC(\"raw_tp\") int on_enter{Body}");

        var refusal = Assert.Throws<BpfException>(() => counter.Program("on_enter").AttachRawTracepoint("sys_entr"));

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains("sys_enter", refusal.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pinned_link_outlives_its_object_and_is_taken_over()
    {
        string path = PinPath("link");
        using (var counter = TestObject.Load($"int target_pid; long seen;\nSEC(\"raw_tp/sys_enter\") int on_enter{Body}"))
        {
            counter.Attach();
            counter.Links[0].Pin(path);
        }

        using var adopted = BpfLink.OpenPinned(path);
        var info = adopted.GetInfo();
        adopted.Detach();

        Assert.Equal("on_enter", info.ProgramName);
        Assert.Equal(AttachKind.RawTracepoint, adopted.Kind);
        Assert.False(File.Exists(path));
        adopted.Dispose();
        Assert.True(EndedLinks.IsGone(info.Id));
    }

    [Fact]
    public void Samples_the_cpu_clock()
    {
        using var sampler = TestObject.Load("""
            long samples;
            SEC("perf_event") int on_sample(void *ctx) { __sync_fetch_and_add(&samples, 1); return 0; }
            """);

        using var link = sampler.Program("on_sample").AttachPerfEvent(PerfEventOptions.CpuClock(1000));
        SpinUntil(() => sampler.Global<long>("samples").Value >= 5);

        Assert.Equal(AttachKind.PerfEvent, link.Kind);
        Assert.True(sampler.Global<long>("samples").Value >= 5);
    }

    private static void MakeSystemCalls()
    {
        for (int i = 0; i < 20; i++) _ = GetParent();
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "getppid")]
    private static extern int GetParent();

    private static void SpinUntil(Func<bool> condition)
    {
        long end = Environment.TickCount64 + 10_000;
        while (!condition() && Environment.TickCount64 < end) { }
    }
}
