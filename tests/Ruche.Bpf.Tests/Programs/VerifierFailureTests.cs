// SPDX-License-Identifier: MIT
using Ruche.Bpf.Features;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Programs;

public sealed class VerifierFailureTests : KernelTest
{
    private const string Map = """
        struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, int); __type(value, long); __uint(max_entries, 10); } counts SEC(".maps");

        """;

    public static TheoryData<string, string, string> Programs => new()
    {
        {
            "unchecked_lookup", Map + """
            SEC("xdp") int unchecked_lookup(struct xdp_md *ctx)
            {
                int key = 1;
                long *value = bpf_map_lookup_elem(&counts, &key);
                *value = 1;
                return XDP_PASS;
            }
            """,
            "load program 'unchecked_lookup': verifier refused at test.bpf.c:6: `*value = 1`: R0 invalid mem access 'map_value_or_null' (insn "
        },
        {
            "unchecked_packet", """
            SEC("xdp") int unchecked_packet(struct xdp_md *ctx)
            {
                unsigned char *data = (void *)(long)ctx->data;
                return data[12] == 8 ? XDP_DROP : XDP_PASS;
            }
            """,
            "test.bpf.c:4: `return data[12] == 8 ? XDP_DROP : XDP_PASS`: invalid access to packet, off=12 size=1"
        },
        {
            "scalar_pointer", """
            SEC("socket") int scalar_pointer(struct __sk_buff *ctx)
            {
                int *p = (int *)(unsigned long)ctx->len;
                *p = 1;
                return 0;
            }
            """,
            "test.bpf.c:4: `*p = 1`: R"
        },
        {
            "wrong_return", """
            SEC("cgroup/connect4") int wrong_return(struct bpf_sock_addr *ctx) { return 7; }
            """,
            "should have been in "
        },
        {
            "endless", """
            SEC("xdp") int endless(struct xdp_md *ctx)
            {
                volatile int i = 0;
                while (i == 0)
                    ;
                return XDP_PASS;
            }
            """,
            "infinite loop detected"
        },
        {
            "beyond_stack", """
            SEC("xdp") int beyond_stack(struct xdp_md *ctx)
            {
                char small[8] = {};
                int where = ctx->rx_queue_index & 0xff;
                asm volatile("" : "+r"(where));
                small[where] = 1;
                return small[0];
            }
            """,
            "stack"
        },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_refusal_names_the_source_line_and_the_reason(string name, string source, string expected)
    {
        var refusal = Assert.Throws<VerifierException>(() => TestObject.Load(source));

        Assert.Equal(name, refusal.Program);
        Assert.StartsWith($"load program '{name}': verifier refused at test.bpf.c:", refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.Message.Contains(expected, StringComparison.Ordinal), refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.True(refusal.Log.Slot >= 0);
        Assert.True(refusal.Log.ProcessedInstructions > 0);

        // Older kernels show states at the start of branches only.
        if (KernelVersion.Current >= new Version(5, 18)) Assert.NotEmpty(refusal.Log.Registers);
        Assert.Contains("processed", refusal.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_kernel_field_is_named_instead_of_an_unknown_function()
    {
        const string Source = """
            struct task_struct { int no_such_field; } __attribute__((preserve_access_index));
            SEC("raw_tp/sys_enter") int reads_nothing(void *ctx)
            {
                struct task_struct *task = (void *)bpf_get_current_task();
                int value = 0;
                bpf_probe_read_kernel(&value, sizeof(value), &task->no_such_field);
                return value;
            }
            """;

        var refusal = Assert.Throws<VerifierException>(() => TestObject.Load(Source));

        Assert.Contains("no_such_field", refusal.Hint!, StringComparison.Ordinal);
        Assert.Contains("task_struct", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_larger_than_the_first_buffer_is_read_to_its_end()
    {
        const string Source = """
            SEC("xdp") int long_walk(struct xdp_md *ctx)
            {
                volatile int sum = 0;
                for (int i = 0; i < 1000; i++)
                    sum += i;
                return *(int *)(long)sum;
            }
            """;

        var refusal = Assert.Throws<VerifierException>(() => TestObject.Load(Source));

        Assert.True(refusal.Log.Text.Length > 256 * 1024, $"{refusal.Log.Text.Length}");
        Assert.False(refusal.Log.IsTruncated);
        Assert.Contains(KernelVersion.Current < new Version(5, 16) ? "invalid mem access 'inv'" : "invalid mem access 'scalar'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_hook_that_the_kernel_refuses_is_explained()
    {
        const string Source = """SEC("fentry/do_nanosleep") int hook(void *ctx) { return 0; }""";

        var failure = Record.Exception(() => TestObject.Load(Source).Dispose());

        // Kernels that allow it are not what this is about.
        if (failure is null) Assert.Skip("this kernel allows fentry");
        var refusal = Assert.IsType<BpfException>(failure);
        Assert.Equal(Errno.EPERM, refusal.Errno);
        Assert.Contains("refuses fentry", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_function_hook_gets_suggestions()
    {
        const string Source = """SEC("fentry/do_nanoslep") int hook(void *ctx) { return 0; }""";

        var refusal = Assert.Throws<BpfException>(() => TestObject.Load(Source));

        Assert.Equal(Errno.ENOENT, refusal.Errno);
        Assert.Contains("do_nanosleep", refusal.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_helper_for_the_gpl_asks_for_a_licence()
    {
        const string Source = """
            SEC("raw_tp/sys_enter") int prints(void *ctx) { bpf_printk("x"); return 0; }
            """;
        using var spec = Ruche.Bpf.Loading.BpfObject.Open(TestObject.Read(Source, license: "Proprietary"));

        var refusal = Assert.Throws<VerifierException>(() => spec.Load());

        Assert.Contains("licence is 'Proprietary'", refusal.Message, StringComparison.Ordinal);
    }
}
