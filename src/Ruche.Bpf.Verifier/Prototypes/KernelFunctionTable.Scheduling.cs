// SPDX-License-Identifier: MIT
using static Ruche.Bpf.Verifier.Prototypes.KernelFunctionFlags;
using static Ruche.Bpf.Verifier.Prototypes.KernelFunctionHooks;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Schedulers (sched_ext).</content>
public static partial class KernelFunctionTable
{
    private static KernelFunction[] Scheduling() =>
    [
        .. For(StructOps,
            Of("scx_bpf_dsq_insert", 6, 13, RcuArguments),
            Of("scx_bpf_dsq_insert_vtime", 6, 13, RcuArguments),
            Of("scx_bpf_dispatch_nr_slots", 6, 12),
            Of("scx_bpf_dispatch_cancel", 6, 12),
            Of("scx_bpf_dsq_move_to_local", 6, 13),
            Of("scx_bpf_reenqueue_local", 6, 12)),
        .. For(StructOps | Syscall,
            Of("scx_bpf_create_dsq", 6, 12, Sleepable),
            Of("scx_bpf_dsq_move_set_slice", 6, 13, RcuArguments),
            Of("scx_bpf_dsq_move_set_vtime", 6, 13, RcuArguments),
            Of("scx_bpf_dsq_move", 6, 13, RcuArguments),
            Of("scx_bpf_dsq_move_vtime", 6, 13, RcuArguments)),
        .. For(StructOps | Tracing | Syscall,
            Of("scx_bpf_kick_cpu", 6, 12),
            Of("scx_bpf_dsq_nr_queued", 6, 12),
            Of("scx_bpf_destroy_dsq", 6, 12),
            Of("bpf_iter_scx_dsq_new", 6, 12, IteratorNew | RcuProtected),
            Of("bpf_iter_scx_dsq_next", 6, 12, IteratorNext | ReturnsNull),
            Of("bpf_iter_scx_dsq_destroy", 6, 12, IteratorDestroy),
            Of("scx_bpf_exit_bstr", 6, 12, TrustedArguments),
            Of("scx_bpf_error_bstr", 6, 12, TrustedArguments),
            Of("scx_bpf_dump_bstr", 6, 12, TrustedArguments),
            Of("scx_bpf_cpuperf_cap", 6, 12),
            Of("scx_bpf_cpuperf_cur", 6, 12),
            Of("scx_bpf_cpuperf_set", 6, 12),
            Of("scx_bpf_nr_node_ids", 6, 15),
            Of("scx_bpf_nr_cpu_ids", 6, 12),
            Of("scx_bpf_get_possible_cpumask", 6, 12, Acquire),
            Of("scx_bpf_get_online_cpumask", 6, 12, Acquire),
            Of("scx_bpf_put_cpumask", 6, 12, Release),
            Of("scx_bpf_task_running", 6, 12, RcuArguments),
            Of("scx_bpf_task_cpu", 6, 12, RcuArguments),
            Of("scx_bpf_cpu_rq", 6, 12),
            Of("scx_bpf_locked_rq", 6, 18, ReturnsNull),
            Of("scx_bpf_cpu_curr", 6, 18, ReturnsNull | RcuProtected),
            Of("scx_bpf_task_cgroup", 6, 12, RcuArguments | Acquire),
            Of("scx_bpf_now", 6, 14),
            Of("scx_bpf_events", 6, 15, TrustedArguments),
            Of("scx_bpf_cpu_node", 6, 15),
            Of("scx_bpf_get_idle_cpumask_node", 6, 15, Acquire),
            Of("scx_bpf_get_idle_cpumask", 6, 12, Acquire),
            Of("scx_bpf_get_idle_smtmask_node", 6, 15, Acquire),
            Of("scx_bpf_get_idle_smtmask", 6, 12, Acquire),
            Of("scx_bpf_put_idle_cpumask", 6, 12, Release),
            Of("scx_bpf_test_and_clear_cpu_idle", 6, 12),
            Of("scx_bpf_pick_idle_cpu_node", 6, 15, RcuArguments),
            Of("scx_bpf_pick_idle_cpu", 6, 12, RcuArguments),
            Of("scx_bpf_pick_any_cpu_node", 6, 15, RcuArguments),
            Of("scx_bpf_pick_any_cpu", 6, 12, RcuArguments),
            Of("scx_bpf_select_cpu_dfl", 6, 12, RcuArguments),
            Of("scx_bpf_select_cpu_and", 6, 16, RcuArguments)),
    ];
}
