// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Tests.Loading;

public sealed class BpfObjectTests : KernelTest
{
    private const string Counter = """
        struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, int); __type(value, long); __uint(max_entries, 10); } counts SEC(".maps");
        const volatile int step = 1;
        int target_pid;
        long seen;
        SEC("tracepoint/raw_syscalls/sys_enter")
        int on_enter(void *ctx)
        {
            int key = 7;
            long one = step, *value;
            if (bpf_get_current_pid_tgid() >> 32 != target_pid)
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
        Assert.Equal("bpf link", outcome.Link!.Mechanism);
        long seen = counter.Global<long>("seen").Value;
        Assert.True(seen >= 30, $"saw {seen}");
        Assert.Equal(0, seen % 3);
        Assert.True(counter.HashMap<int, long>("counts").TryGetValue(7, out long counted));
        Assert.True(counted >= seen);
    }
}
