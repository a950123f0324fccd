// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

public sealed class UprobeTests : KernelTest, IDisposable
{
    private const string Binary = """
        #include <stdlib.h>
        __attribute__((noinline)) int twice_of(int x) { asm volatile(""); return x * 2; }
        __attribute__((noinline)) int twice_more(int x) { asm volatile(""); return x * 2 + 1; }
        int main(void) { int r = 0; for (int i = 0; i < 5; i++) r += twice_of(i) + twice_more(i); return r == 45 ? 0 : 1; }
        """;

    private const string Probe = """
        long entries, returns, last_argument, last_result;
        int target_pid;
        SEC("uprobe") int on_entry(struct pt_regs *ctx)
        {
            if (target_pid && bpf_get_current_pid_tgid() >> 32 != target_pid)
                return 0;
            entries++;
            last_argument = (int)PT_REGS_PARM1(ctx);
            return 0;
        }
        SEC("uretprobe") int on_return(struct pt_regs *ctx)
        {
            returns++;
            last_result = (int)PT_REGS_RC(ctx);
            return 0;
        }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("ruche-uprobe-").FullName;

    public UprobeTests()
    {
        File.WriteAllBytes(Twice, Compiled.Get($"gcc {Binary}", () =>
        {
            File.WriteAllText(Path.Combine(_directory, "twice.c"), Binary);
            Shell.Run("gcc", "-O1", "-g", "-o", Twice, Path.Combine(_directory, "twice.c"));
            return File.ReadAllBytes(Twice);
        }));
        File.SetUnixFileMode(Twice, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string Twice => Path.Combine(_directory, "twice");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Sees_arguments_and_results_of_a_program_of_ours()
    {
        using var probe = Load();

        using var entry = probe.Program("on_entry").AttachUprobe(UserTarget.Parse($"{Twice}:twice_of"));
        using var result = probe.Program("on_return").AttachUprobe(UserTarget.Parse($"{Twice}:twice_of"), new() { IsReturn = true });
        Shell.Run(Twice);

        Assert.Equal(AttachKind.Uprobe, entry.Kind);
        Assert.Equal(AttachKind.Uretprobe, result.Kind);
        Assert.Equal(5, probe.Global<long>("entries").Value);
        Assert.Equal(5, probe.Global<long>("returns").Value);
        Assert.Equal(4, probe.Global<long>("last_argument").Value);
        Assert.Equal(8, probe.Global<long>("last_result").Value);
    }

    [Fact]
    public void An_offset_in_the_file_is_the_same_place_as_its_symbol()
    {
        using var probe = Load();
        ulong offset = Offset("twice_of");

        using var link = probe.Program("on_entry").AttachUprobe(UserTarget.Parse($"{Twice}:0x{offset:x}"));
        Shell.Run(Twice);

        Assert.Equal(5, probe.Global<long>("entries").Value);
    }

    [Fact]
    public void A_pattern_attaches_to_every_match()
    {
        using var probe = Load();

        using var link = probe.Program("on_entry").AttachUprobes(Twice, "twice_*");
        Shell.Run(Twice);

        Assert.Equal(2, Assert.IsType<LinkGroup>(link).Members.Length);
        Assert.Equal(10, probe.Global<long>("entries").Value);
    }

    [Fact]
    public void One_link_holds_many_probes_where_the_kernel_can_and_one_each_where_it_cannot()
    {
        using var probe = TestObject.Load("""
            long entries;
            SEC("uprobe.multi") int on_entry(void *ctx) { entries++; return 0; }
            """);

        probe.Attach(new() { UserTarget = $"{Twice}:twice_*" });
        Shell.Run(Twice);

        Assert.Equal(KernelFeatures.UprobeMulti.Ask() is Support.Yes, Assert.Single(probe.Links) is KernelLink);
        Assert.Equal(10, probe.Global<long>("entries").Value);
    }

    [Fact]
    public void A_session_runs_at_entry_and_return()
    {
        const string Source = """
            extern _Bool bpf_session_is_return(void) __ksym __weak;
            extern _Bool bpf_session_is_return___of(void *ctx) __ksym __weak; // newer kernels ask for the context
            long entries, returns;
            SEC("uprobe.session") int both(void *ctx)
            {
                if (bpf_session_is_return___of ? bpf_session_is_return___of(ctx) : bpf_session_is_return()) returns++; else entries++;
                return 0;
            }
            """;
        TestObject.Read(Source);
        Since(6, 13, "sessions of user-space probes");
        using var probe = TestObject.Load(Source);

        probe.Attach(new() { UserTarget = $"{Twice}:twice_*" });
        Shell.Run(Twice);

        Assert.Equal((10L, 10L), (probe.Global<long>("entries").Value, probe.Global<long>("returns").Value));
    }

    [Fact]
    public void Finds_a_library_by_its_name_and_minds_the_process()
    {
        using var probe = TestObject.Load("""
            long entries;
            SEC("uprobe/libc.so.6:getppid") int on_entry(void *ctx) { entries++; return 0; }
            """);

        probe.Attach(new() { Pid = Environment.ProcessId });
        for (int i = 0; i < 3; i++) _ = GetParent();
        Shell.Run("sh", "-c", "true");

        Assert.Equal(3, probe.Global<long>("entries").Value);
    }

    [Fact]
    public void A_missing_function_gets_suggestions()
    {
        using var probe = Load();

        var refusal = Assert.Throws<BpfException>(() => probe.Program("on_entry").AttachUprobe(UserTarget.Parse($"{Twice}:twice_fo")));

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains("did you mean 'twice_of'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using var probe = Load();

        var refusal = Assert.Throws<BpfException>(() => probe.Program("on_entry").AttachUprobe(UserTarget.Parse("no-such-program-here:main")));

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains("'no-such-program-here' is not on the PATH", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_is_gone_is_named()
    {
        using var probe = Load();
        UprobeOptions options = new() { Pid = 0x3ffffffe };

        var refusal = Assert.Throws<BpfException>(() => probe.Program("on_entry").AttachUprobe(UserTarget.Parse($"{Twice}:twice_of"), options));

        Assert.Equal(Errno.ESRCH, refusal.Errno);
    }

    [Fact]
    public void The_way_through_tracefs_works_and_cleans_up()
    {
        using var probe = Load();
        ulong offset = Offset("twice_of");

        var link = TracefsProbe.AttachUser(probe.Program("on_entry"), Twice, offset, new(), "twice_of", "attach");
        Shell.Run(Twice);
        link.Dispose();

        Assert.Equal(5, probe.Global<long>("entries").Value);
        Assert.DoesNotContain(Twice, File.ReadAllText("/sys/kernel/tracing/uprobe_events"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_without_kprobes_says_so_in_one_line()
    {
        if (Directory.Exists("/sys/bus/event_source/devices/kprobe")) Assert.Skip("this kernel has kprobes");
        using var probe = TestObject.Load("""SEC("kprobe/do_nanosleep") int on_entry(void *ctx) { return 0; }""");

        var refusal = Assert.Throws<BpfException>(() => probe.Attach());

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains("this kernel has no kprobes", refusal.Message, StringComparison.Ordinal);
    }

    private static Ruche.Bpf.Loading.BpfObject Load() => TestObject.Load(Probe);

    private ulong Offset(string symbol)
    {
        var elf = Objects.Elf.ElfFile.Read(File.ReadAllBytes(Twice));
        Assert.True(elf.TryFindSymbol(symbol, out var found));
        Assert.True(elf.TryGetFileOffset(found.Value, out ulong offset));
        return offset;
    }

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "getppid")]
    private static extern int GetParent();
}
