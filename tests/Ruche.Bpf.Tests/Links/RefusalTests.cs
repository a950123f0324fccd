// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Ruche.Bpf.Links;
using Ruche.Bpf.Features;
using Ruche.Bpf.Tests.Loading;
using Ruche.Bpf.Tests.Networking;

namespace Ruche.Bpf.Tests.Links;

/// <summary>The classic failures of each kind of attachment say in one line what happened and what to do.</summary>
public sealed class RefusalTests : KernelTest
{
    private const string Xdp = """SEC("xdp") int passes(struct xdp_md *ctx) { return XDP_PASS; }""";
    private const string Counting = """long hits; SEC("raw_tp/sys_enter") int counts(void *ctx) { hits++; return 0; }""";

    [Fact]
    public void An_interface_with_large_packets_names_its_mtu_and_three_ways_out()
    {
        using NetworkNamespaces spaces = new();
        using var loaded = TestObject.Load(Xdp);
        Shell.Run("ip", "-n", spaces.Left.Name, "link", "set", spaces.Left.Interface, "mtu", "9000");
        Shell.Run("ip", "-n", spaces.Right.Name, "link", "set", spaces.Right.Interface, "mtu", "9000");

        var refusal = Assert.Throws<BpfException>(() =>
            spaces.Right.Run(() => loaded.Program("passes").AttachXdp(spaces.Right.Interface, XdpMode.Native)));

        Assert.True(refusal.Errno is Errno.ERANGE or Errno.EOPNOTSUPP, refusal.Message);
        Assert.Contains("lower the MTU (9000", OneLine(refusal), StringComparison.Ordinal);
        Assert.Contains("xdp.frags", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("generic mode", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_runs_no_programs_is_told()
    {
        using NetworkNamespaces spaces = new();
        using var loaded = TestObject.Load(Xdp);

        var refusal = Assert.Throws<BpfException>(() =>
            spaces.Right.Run(() => loaded.Program("passes").AttachXdp(spaces.Right.Interface, XdpMode.Offloaded)));

        Assert.Contains("cannot run XDP programs", OneLine(refusal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_32_bit_file_names_the_way_out(bool isStatic)
    {
        string directory = Directory.CreateTempSubdirectory("ruche-32-").FullName, file = Path.Combine(directory, "narrow.o");
        try
        {
            File.WriteAllBytes(file, Compiled.Get("gcc -m32", () =>
            {
                File.WriteAllText($"{file}.c", "int buzz(void) { return 3; }");
                Shell.Run("gcc", "-m32", "-c", "-o", file, $"{file}.c");
                return File.ReadAllBytes(file);
            }));
            using var probe = TestObject.Load("""SEC("uprobe") int sees(void *ctx) { return 0; }""");
            var program = probe.Program("sees");

            var refusal = Assert.Throws<BpfException>(() => isStatic
                ? (BpfLink)program.AttachUsdt(UsdtTarget.Parse($"{file}:hive:visit"))
                : program.AttachUprobe(UserTarget.Parse($"{file}:buzz")));

            Assert.Equal(Errno.ENOEXEC, refusal.Errno);
            Assert.Contains($"'{file}' is a 32-bit file, and only 64-bit ones are read; give an offset: {file}:0x1234", OneLine(refusal), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Theory]
    [InlineData("passes", "xdp")]
    [InlineData("counts", "tc")]
    public void An_interface_that_does_not_exist_is_named(string program, string kind)
    {
        using var loaded = TestObject.Load(Xdp + """
            SEC("tc") int counts(struct __sk_buff *skb) { return 0; }
            """);

        var refusal = Assert.Throws<BpfException>(() =>
        {
            if (kind == "xdp") loaded.Program(program).AttachXdp("eth77");
            else loaded.Program(program).AttachTc("eth77", TcDirection.Egress);
        });

        Assert.Equal(Errno.ENODEV, refusal.Errno);
        Assert.Contains("eth77", OneLine(refusal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_point_that_does_not_exist_gets_suggestions()
    {
        using var loaded = TestObject.Load("""SEC("tracepoint/sched/sched_swich") int counts(void *ctx) { return 0; }""");

        var refusal = Assert.Throws<BpfException>(() => loaded.Attach());

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains("did you mean 'sched:sched_switch'", OneLine(refusal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fentry/do_nanoslep", "function 'do_nanoslep'", "do_nanosleep")]
    [InlineData("tp_btf/sched_swich", "trace point 'sched_swich'", "sched_switch")]
    [InlineData("lsm/file_opn", "security hook 'file_opn'", "file_open")]
    [InlineData("iter/task_fil", "iterator 'task_fil'", "task_file")]
    public void A_target_that_the_kernel_does_not_have_gets_suggestions(string section, string what, string near)
    {
        using var opened = TestObject.Open($$"""SEC("{{section}}") int hooks(void *ctx) { return 0; }""");

        var refusal = Assert.Throws<BpfException>(() => opened.Load());

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains($"this kernel has no {what}", OneLine(refusal), StringComparison.Ordinal);
        Assert.Contains(near, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_that_refuses_hooks_of_functions_is_told_apart_from_a_missing_right()
    {
        using var opened = TestObject.Open("""SEC("fentry/__x64_sys_getpgid") int hooks(void *ctx) { return 0; }""");

        var failure = Record.Exception(() => opened.Load());

        Assert.SkipWhen(failure is null, "this kernel takes such hooks");
        Assert.Equal(Errno.EPERM, Assert.IsType<BpfException>(failure).Errno);
        Assert.Contains("although the process is privileged", OneLine((BpfException)failure), StringComparison.Ordinal);
        Assert.Contains("use a tracepoint or tp_btf instead", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pins_belong_on_the_bpf_file_system()
    {
        using var loaded = TestObject.Load(Counting);
        loaded.Attach();
        string path = Path.Combine(Path.GetTempPath(), $"ruche-pin-{Environment.ProcessId}");

        var program = Assert.Throws<BpfException>(() => loaded.Program("counts").Pin(path));
        var link = Assert.Throws<BpfException>(() => loaded.Links[0].Pin(path));

        Assert.Contains("the path is not on a BPF file system", OneLine(program), StringComparison.Ordinal);
        Assert.Contains("the path is not on a BPF file system", OneLine(link), StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_socket_that_shares_its_port_with_none_is_told()
    {
        using var loaded = TestObject.Load("""SEC("sk_reuseport") int chooses(struct sk_reuseport_md *ctx) { return SK_PASS; }""");
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var refusal = Assert.Throws<BpfException>(() => loaded.Program("chooses").AttachSocket(socket));

        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("SO_REUSEPORT", OneLine(refusal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_without_the_capability_is_told_which_it_needs()
    {
        var (code, output) = RunChild("capsh", "--shell=/bin/sh", "--drop=cap_bpf,cap_sys_admin,cap_perfmon,cap_net_admin", "--", "-c");

        Assert.Equal(1, code);
        Assert.Contains("EPERM; needs CAP_BPF (with CAP_PERFMON for tracing, CAP_NET_ADMIN for networking), or run as root", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_on_locked_memory_stops_old_kernels_only()
    {
        var (code, output) = RunChild("prlimit", "--memlock=4096:4096", "capsh", "--shell=/bin/sh", "--drop=cap_sys_resource", "--", "-c");

        if (KernelVersion.Current >= new Version(5, 11)) Assert.Equal(0, code);
        else Assert.Contains("EPERM; the limit on locked memory is used up", output, StringComparison.Ordinal);
    }

    /// <summary>Loads an object in another process, which a command starts with fewer rights.</summary>
    private static (int Code, string Output) RunChild(string command, params string[] arguments)
    {
        TestObject.Read(RestrictedLoader.Source);
        Assert.SkipUnless(Shell.TryRun("sh", "-c", "command -v capsh prlimit"), "this machine has no capsh");
        ProcessStartInfo start = new(command) { RedirectStandardOutput = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add($"exec '{Environment.ProcessPath}' {RestrictedLoader.Verb}");
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static string OneLine(BpfException refusal)
    {
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.NotNull(refusal.Hint);
        return refusal.Message;
    }
}
