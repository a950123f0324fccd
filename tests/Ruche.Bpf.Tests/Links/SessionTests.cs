// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

/// <summary>Programs that run at the entry and at the return of kernel functions.</summary>
public sealed class SessionTests : KernelFunctionTest
{
    [Fact]
    public void A_session_runs_at_entry_and_return_of_kernel_functions()
    {
        const string Source = """
            extern _Bool bpf_session_is_return(void) __ksym __weak;
            extern _Bool bpf_session_is_return___of(void *ctx) __ksym __weak; // newer kernels ask for the context
            int target_pid; long entries, returns;
            SEC("kprobe.session/__x64_sys_getpgi?") int both(void *ctx)
            {
                if (bpf_get_current_pid_tgid() >> 32 != target_pid)
                    return 0;
                if (bpf_session_is_return___of ? bpf_session_is_return___of(ctx) : bpf_session_is_return())
                    returns++;
                else
                    entries++;
                return 0;
            }
            """;
        NeedsKprobes(Source);
        Since(6, 10, "sessions of kprobes");
        using var probes = Load(Source);

        if (Record.Exception(() => probes.Attach()) is BpfException refusal) Assert.Skip(refusal.Message);
        MakeSystemCalls();

        Assert.Equal((20L, 20L), (probes.Global<long>("entries").Value, probes.Global<long>("returns").Value));
    }

    [Fact]
    public void One_program_runs_at_entry_and_return_of_a_function()
    {
        const string Source = """
            int target_pid; long runs;
            SEC("fsession/__x64_sys_getpgid") int both(void *ctx) { if (bpf_get_current_pid_tgid() >> 32 == target_pid) runs++; return 0; }
            """;
        TestObject.Read(Source);
        Since(7, 0, "sessions of functions");
        using var hooks = LoadHooks(Source);

        SkipWhenRefused(() => hooks.Attach());
        MakeSystemCalls();

        Assert.Equal(AttachKind.FunctionSession, Assert.Single(hooks.Links).Kind);
        Assert.Equal(40, hooks.Global<long>("runs").Value);
    }
}
