// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Tests.Loading;

public sealed class ExternTests : KernelTest
{
    private const string Ksyms = """
        #define __ksym_ __attribute__((section(".ksyms")))
        struct task_struct;

        """;

    private static readonly byte[] Packet = new byte[64];

    [Fact]
    public void A_setting_that_is_looked_at_or_changed_before_loading_leaves_the_others()
    {
        const string Source = """
            #define __kc __attribute__((section(".kconfig")))
            extern int CONFIG_HZ __kc;
            extern int CONFIG_NR_CPUS __kc;
            int hz, cpus;
            SEC("socket") int reads(void *ctx) { hz = CONFIG_HZ; cpus = CONFIG_NR_CPUS; return 0; }
            """;
        using var reader = TestObject.Open(Source, new() { Kconfig = "CONFIG_HZ=123\nCONFIG_NR_CPUS=4\n" });

        int before = reader.Global<int>("CONFIG_HZ").Value;
        reader.Global<int>("CONFIG_NR_CPUS").Value = 8;
        reader.Load();
        reader.Program("reads").Run(Packet);

        Assert.Equal(123, before);
        Assert.Equal((123, 8), (reader.Global<int>("hz").Value, reader.Global<int>("cpus").Value));
    }

    [Fact]
    public void Kernel_configuration_is_filled_in()
    {
        const string Source = """
            #define __kc __attribute__((section(".kconfig")))
            extern int LINUX_KERNEL_VERSION __kc;
            extern _Bool CONFIG_BPF_SYSCALL __kc;
            extern enum libbpf_tristate CONFIG_BPF __kc;
            extern char CONFIG_DEFAULT_HOSTNAME[16] __kc __attribute__((weak));
            extern int CONFIG_HZ __kc;
            extern _Bool CONFIG_NO_SUCH_THING __kc __attribute__((weak));
            extern _Bool LINUX_HAS_BPF_COOKIE __kc;
            int version, hz; char first; _Bool syscall, missing, cookie; int bpf;
            SEC("socket") int reads(void *ctx)
            {
                version = LINUX_KERNEL_VERSION; syscall = CONFIG_BPF_SYSCALL; bpf = CONFIG_BPF; hz = CONFIG_HZ;
                first = CONFIG_DEFAULT_HOSTNAME[0]; missing = CONFIG_NO_SUCH_THING; cookie = LINUX_HAS_BPF_COOKIE;
                return 0;
            }
            """;
        using var reader = TestObject.Load(Source, new() { Kconfig = "CONFIG_BPF=y\nCONFIG_BPF_SYSCALL=y\nCONFIG_DEFAULT_HOSTNAME=\"hive\"\nCONFIG_HZ=123\n" });

        reader.Program("reads").Run(Packet);

        Assert.Equal((int)KernelVersion.Code, reader.Global<int>("version").Value);
        Assert.True(reader.Global<bool>("syscall").Value);
        Assert.Equal(1, reader.Global<int>("bpf").Value);
        Assert.Equal(123, reader.Global<int>("hz").Value);
        Assert.Equal((byte)'h', reader.Global<byte>("first").Value);
        Assert.False(reader.Global<bool>("missing").Value);
        Assert.Equal(KernelFeatures.AttachCookie.Ask() is Support.Yes, reader.Global<bool>("cookie").Value);
    }

    [Fact]
    public void The_kernels_own_configuration_is_read()
    {
        if (!File.Exists("/proc/config.gz")) Assert.Skip("this kernel does not show its configuration");
        using var reader = TestObject.Load("""
            extern _Bool CONFIG_BPF_SYSCALL __attribute__((section(".kconfig")));
            extern int CONFIG_HZ __attribute__((section(".kconfig")));
            SEC("socket") int reads(void *ctx) { return CONFIG_BPF_SYSCALL ? CONFIG_HZ : 0; }
            """);

        var run = reader.Program("reads").Run(Packet);

        Assert.InRange(run.ReturnValue, 100u, 1000u);
    }

    [Fact]
    public void A_missing_setting_is_named()
    {
        const string Source = """
            extern int CONFIG_NO_SUCH_THING __attribute__((section(".kconfig")));
            SEC("socket") int reads(void *ctx) { return CONFIG_NO_SUCH_THING; }
            """;

        var refusal = Assert.Throws<BpfException>(() => TestObject.Load(Source));

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains("CONFIG_NO_SUCH_THING", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("__weak", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_that_does_not_fit_its_type_is_refused()
    {
        const string Source = """
            extern unsigned char CONFIG_HZ __attribute__((section(".kconfig")));
            SEC("socket") int reads(void *ctx) { return CONFIG_HZ; }
            """;

        var refusal = Assert.Throws<BpfException>(() => TestObject.Load(Source, new() { Kconfig = "CONFIG_HZ=1000" }));

        Assert.Contains("its value is 1000, which does not fit", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_of_kernel_symbols_are_filled_in()
    {
        const string Source = Ksyms + """
            extern const void schedule __ksym_;
            extern const void no_such_symbol __ksym_ __attribute__((weak));
            unsigned long address, missing = 1;
            SEC("raw_tp/sys_enter") int reads(void *ctx)
            {
                address = (unsigned long)&schedule;
                missing = (unsigned long)&no_such_symbol;
                return 0;
            }
            """;
        ulong expected = Convert.ToUInt64(File.ReadLines("/proc/kallsyms").First(l => l.EndsWith(" T schedule", StringComparison.Ordinal)).Split(' ')[0], 16);
        using var reader = TestObject.Load(Source);

        reader.Program("reads").Run();

        Assert.Equal(expected, reader.Global<ulong>("address").Value);
        Assert.Equal(0ul, reader.Global<ulong>("missing").Value);
    }

    [Fact]
    public void A_typed_kernel_variable_is_read_directly()
    {
        const string Source = Ksyms + """
            struct rq { unsigned long long nr_switches; } __attribute__((preserve_access_index));
            extern const struct rq runqueues __ksym_;
            unsigned long long switches;
            SEC("raw_tp/sys_enter") int reads(void *ctx)
            {
                struct rq *rq = (struct rq *)bpf_this_cpu_ptr(&runqueues);
                switches = rq->nr_switches;
                return 0;
            }
            """;
        using var reader = TestObject.Open(Source);
        if (!File.ReadLines("/proc/kallsyms").Any(l => l.EndsWith(" runqueues", StringComparison.Ordinal))) Assert.Skip("this kernel keeps no symbols of variables");
        Assert.SkipUnless(KernelTypes.Running.TryFind(BtfKind.Variable, "runqueues", out _), "this kernel's types have no variables");
        reader.Load();

        reader.Program("reads").Run();

        Assert.NotEqual(0ul, reader.Global<ulong>("switches").Value);
    }

    [Fact]
    public void Kernel_functions_are_called_and_missing_weak_ones_are_skipped()
    {
        const string Source = Ksyms + """
            extern struct task_struct *bpf_task_from_pid(int pid) __ksym_;
            extern void bpf_task_release(struct task_struct *p) __ksym_;
            extern void no_such_function(void) __ksym_ __attribute__((weak));
            int found;
            SEC("syscall") int asks(void *ctx)
            {
                struct task_struct *task = bpf_task_from_pid(bpf_get_current_pid_tgid() >> 32);
                if (no_such_function)
                    no_such_function();
                if (!task)
                    return 0;
                found = 1;
                bpf_task_release(task);
                return 0;
            }
            """;
        Since(6, 2, "the functions that this calls");
        using var asker = TestObject.Load(Source);

        asker.Program("asks").Run();

        Assert.Equal(1, asker.Global<int>("found").Value);
    }

    [Fact]
    public void Of_several_declarations_of_a_kernel_function_the_one_that_fits_is_called()
    {
        const string Source = Ksyms + """
            extern struct task_struct *bpf_task_from_pid___two(int pid, int flags) __ksym_ __attribute__((weak));
            extern struct task_struct *bpf_task_from_pid___one(int pid) __ksym_ __attribute__((weak));
            extern void bpf_task_release(struct task_struct *p) __ksym_;
            int found;
            SEC("syscall") int asks(void *ctx)
            {
                int pid = bpf_get_current_pid_tgid() >> 32;
                struct task_struct *task = 0;
                if (bpf_task_from_pid___two)
                    task = bpf_task_from_pid___two(pid, 0);
                else if (bpf_task_from_pid___one)
                    task = bpf_task_from_pid___one(pid);
                if (!task)
                    return 0;
                found = 1;
                bpf_task_release(task);
                return 0;
            }
            """;
        Since(6, 2, "the functions that this calls");
        using var asker = TestObject.Load(Source);

        asker.Program("asks").Run();

        Assert.Equal(1, asker.Global<int>("found").Value);
    }

    [Fact]
    public void A_kernel_function_that_is_declared_otherwise_than_the_kernel_has_it_is_named()
    {
        const string Source = Ksyms + """
            extern void bpf_task_release(struct task_struct *p, int flags) __ksym_;
            SEC("raw_tp/sys_enter") int asks(void *ctx) { bpf_task_release(0, 0); return 0; }
            """;
        Since(6, 2, "the function that this declares");

        var refusal = Assert.Throws<BpfException>(() => TestObject.Load(Source));

        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("'bpf_task_release' takes or returns something else", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_kernel_function_is_named()
    {
        const string Source = Ksyms + """
            extern void do_nanoslep(struct task_struct *p) __ksym_;
            SEC("raw_tp/sys_enter") int asks(void *ctx) { do_nanoslep(0); return 0; }
            """;

        var refusal = Assert.Throws<BpfException>(() => TestObject.Load(Source));

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains("did you mean 'do_nanosleep'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_of_a_missing_weak_function_that_is_reached_is_explained()
    {
        const string Source = Ksyms + """
            extern void no_such_function(void) __ksym_ __attribute__((weak));
            SEC("raw_tp/sys_enter") int asks(void *ctx) { no_such_function(); return 0; }
            """;

        var refusal = Assert.Throws<VerifierException>(() => TestObject.Load(Source));

        Assert.True(refusal.Message.Contains("this kernel has no function 'no_such_function'", StringComparison.Ordinal), refusal.Message);
    }

    [Fact]
    public void Fields_are_read_where_this_kernel_has_them()
    {
        Since(5, 11, "the helper that gives the current task with its type");
        const string Source = """
            struct thread_info { unsigned int cpu; } __attribute__((preserve_access_index));
            struct task_struct { long padding[1000]; int tgid; struct task_struct *group_leader; struct thread_info thread_info; } __attribute__((preserve_access_index));
            int target, tgid, leader, is_there;
            SEC("tp_btf/sys_enter") int reads(unsigned long long *ctx)
            {
                struct task_struct *task = (void *)bpf_get_current_task_btf();
                if (bpf_get_current_pid_tgid() >> 32 != target)
                    return 0;
                tgid = task->tgid;
                leader = task->group_leader->tgid;
                is_there = __builtin_preserve_field_info(task->thread_info.cpu, 2);
                return 0;
            }
            """;
        using var reader = TestObject.Load(Source);
        reader.Global<int>("target").Value = Environment.ProcessId;

        reader.Attach();
        for (int i = 0; i < 5; i++) _ = File.Exists("/proc/self");

        Assert.Equal(Environment.ProcessId, reader.Global<int>("tgid").Value);
        Assert.Equal(Environment.ProcessId, reader.Global<int>("leader").Value);
        Assert.Equal(1, reader.Global<int>("is_there").Value);
    }
}
