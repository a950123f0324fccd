// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Features;
using Ruche.Bpf.Links;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

/// <summary>Static trace points of user space, by programs made with libbpf's usdt.bpf.h.</summary>
public sealed class UsdtTests : KernelTest, IDisposable
{
    private const string Probe = """
        #include <stdbool.h>
        #include <bpf/usdt.bpf.h>
        long visits, sum, large, deep, constant, negative, byte_of, guarded, cookie, count, missing, indexed;
        SEC("usdt") int BPF_USDT(on_visit, int number, long big, long honey, int seven, int minus)
        {
            long value = 0;
            visits++;
            sum += number;
            cookie = bpf_usdt_cookie(ctx);
            if (bpf_usdt_arg_cnt(ctx) != 8)
                return 0;
            count = 8;
            large += big;
            deep = honey;
            constant = seven;
            negative = minus;
            missing = bpf_usdt_arg(ctx, 6, &value);
            indexed = bpf_usdt_arg(ctx, 7, &value) ?: value;
            return 0;
        }
        SEC("usdt") int BPF_USDT(on_guarded, int number) { guarded += number; return 0; }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("ruche-usdt-").FullName;

    // At a fixed address: kernels without cookies are told it without a process.
    public UsdtTests() => TracedProgram.Write(Hive, "-no-pie");

    private string Hive => Path.Combine(_directory, "hive");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Arguments_are_where_the_note_says()
    {
        using var probe = Load();

        using var link = probe.Program("on_visit").AttachUsdt(UsdtTarget.Parse($"{Hive}:hive:visit"), new() { Cookie = 4711 });
        Shell.Run(Hive);

        Assert.Equal(AttachKind.Usdt, link.Kind);
        Assert.Equal((4L, 103L), (Global(probe, "visits"), Global(probe, "sum")));
        Assert.Equal((8L, 0L, -22L), (Global(probe, "count"), Global(probe, "large"), Global(probe, "deep")));
        Assert.Equal((7L, -9L), (Global(probe, "constant"), Global(probe, "negative")));
        Assert.Equal(4711, Global(probe, "cookie"));
        Assert.Equal(-22, Global(probe, "missing"));
    }

    [Fact]
    public void One_link_holds_all_places_where_the_kernel_can()
    {
        using var probe = Load();
        Needs(KernelFeatures.UprobeMulti);

        using var link = probe.Program("on_visit").AttachUsdt(UsdtTarget.Parse($"{Hive}:hive:visit"));

        Assert.Equal("bpf link", link.Mechanism);
    }

    [Fact]
    public void A_semaphore_is_up_while_the_probe_is_on()
    {
        using var probe = Load();

        using (probe.Program("on_guarded").AttachUsdt(UsdtTarget.Parse($"{Hive}:hive:guarded"))) Shell.Run(Hive);
        Shell.Run(Hive);

        Assert.Equal(30, Global(probe, "guarded"));
    }

    [Fact]
    public void The_section_names_the_trace_point()
    {
        string source = Probe.Replace("SEC(\"usdt\")", "SEC(\"usdt/hive-of-tests:hive:visit\")", StringComparison.Ordinal);
        using var probe = TestObject.Load(source);
        string path = Environment.GetEnvironmentVariable("PATH")!;
        File.Copy(Hive, Path.Combine(_directory, "hive-of-tests"));

        Environment.SetEnvironmentVariable("PATH", $"{_directory}:{path}");
        try
        {
            probe.Attach();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }

        Shell.Run(Path.Combine(_directory, "hive-of-tests"));

        Assert.Equal(2, probe.Links.Count(l => l.Kind is AttachKind.Usdt));
        Assert.Equal(4, Global(probe, "visits"));
    }

    [Fact]
    public void A_running_process_leads_to_its_trace_points()
    {
        using var probe = Load();
        using var process = Process.Start(new ProcessStartInfo(Hive) { ArgumentList = { "wait" }, RedirectStandardInput = true })!;
        // The start is reported a moment before the kernel has mapped the program.
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{process.Id}/maps").Contains(Hive, StringComparison.Ordinal), TimeSpan.FromSeconds(10)));

        using var link = probe.Program("on_visit").AttachUsdt(UsdtTarget.Parse("hive:visit"), new() { Pid = process.Id });
        process.StandardInput.Write("a");
        process.StandardInput.Close();
        process.WaitForExit();
        Shell.Run(Hive);

        Assert.InRange(Global(probe, "visits"), 1, 5);
        Assert.Contains("hive:visit", link.Target, StringComparison.Ordinal);
    }

    [Fact]
    public void Descriptions_are_given_back()
    {
        using var probe = TestObject.Load($"#define BPF_USDT_MAX_SPEC_CNT 1\n{Probe}");
        var target = UsdtTarget.Parse($"{Hive}:hive:guarded");

        using (probe.Program("on_guarded").AttachUsdt(target))
        {
            var refusal = Assert.Throws<BpfException>(() => probe.Program("on_guarded").AttachUsdt(target));
            Assert.Equal(Errno.E2BIG, refusal.Errno);
            Assert.Contains("BPF_USDT_MAX_SPEC_CNT", refusal.Hint!, StringComparison.Ordinal);
        }

        probe.Program("on_guarded").AttachUsdt(target).Dispose();
    }

    [Theory]
    [InlineData("-no-pie", false)]
    [InlineData("-pie", true)]
    public void Kernels_without_cookies_are_told_addresses(string option, bool needsProcess)
    {
        string hive = Path.Combine(_directory, "moved");
        TracedProgram.Write(hive, option);
        using var probe = Load();
        var file = UsdtFile.Find(UsdtTarget.Parse($"{hive}:hive:visit"), null, "attach");
        using var process = Process.Start(new ProcessStartInfo(hive) { ArgumentList = { "wait" }, RedirectStandardInput = true })!;

        if (needsProcess)
        {
            var refusal = Assert.Throws<BpfException>(() => probe.Program("on_visit").Usdt!.Describe(file, new(), "attach", hasCookies: false));
            Assert.Equal(Errno.EOPNOTSUPP, refusal.Errno);
        }

        WaitForMapping(process, hive);
        using (var lease = probe.Program("on_visit").Usdt!.Describe(file, new() { Pid = needsProcess ? process.Id : null }, "attach", hasCookies: false))
        {
            Assert.Equal(file.Places.Length, lease.Places.Count(p => p.Cookie == 0));
            Assert.Equal(file.Places.Length, probe.HashMap<ulong, uint>(UsdtSpecs.AddressesMap).Count());
        }

        process.StandardInput.Close();
        process.WaitForExit();
        Assert.Empty(probe.HashMap<ulong, uint>(UsdtSpecs.AddressesMap));
    }

    [Fact]
    public void A_program_that_takes_no_arguments_needs_no_maps()
    {
        using var probe = TestObject.Load("""long hits; SEC("usdt") int on_visit(void *ctx) { hits++; return 0; }""");

        var outcome = Assert.Single(probe.Attach(new() { UserTarget = $"{Hive}:hive:visit" }));
        Shell.Run(Hive);

        Assert.True(outcome.IsAttached);
        Assert.Equal(4, Global(probe, "hits"));
    }

    [Fact]
    public void A_missing_trace_point_gets_suggestions()
    {
        using var probe = Load();

        var refusal = Assert.Throws<BpfException>(() => probe.Program("on_visit").AttachUsdt(UsdtTarget.Parse($"{Hive}:hive:visti")));

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains("did you mean 'hive:visit'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_trace_points_says_so()
    {
        using var probe = Load();

        var refusal = Assert.Throws<BpfException>(() => probe.Program("on_visit").AttachUsdt(UsdtTarget.Parse("/bin/true:hive:visit")));

        Assert.Contains("carries no static trace points", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_is_gone_is_named()
    {
        using var probe = Load();

        var refusal = Assert.Throws<BpfException>(() =>
            probe.Program("on_visit").AttachUsdt(UsdtTarget.Parse("hive:visit"), new() { Pid = 0x3ffffffe }));

        Assert.Equal(Errno.ESRCH, refusal.Errno);
    }

    private static BpfObject Load() => TestObject.Load(Probe);

    private static long Global(BpfObject probe, string name) => probe.Global<long>(name).Value;

    /// <summary>The program reads its first letter only when it is mapped.</summary>
    private static void WaitForMapping(Process process, string path)
    {
        process.StandardInput.Write("b");
        process.StandardInput.Flush();
        while (!File.ReadAllText($"/proc/{process.Id}/maps").Contains(path, StringComparison.Ordinal)) Thread.Yield();
    }
}
