// SPDX-License-Identifier: MIT
using static Ruche.Bpf.Verifier.Prototypes.KernelFunctionFlags;
using static Ruche.Bpf.Verifier.Prototypes.KernelFunctionHooks;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Probes, files, statistics, input devices, and what the tests of the kernel call.</content>
public static partial class KernelFunctionTable
{
    private static KernelFunction[] Kernel() =>
    [
        .. For(Kprobe, KernelFunctionLimit.Sessions,
            Of("bpf_session_is_return", 6, 10),
            Of("bpf_session_cookie", 6, 10)),
        .. For(Tracing, KernelFunctionLimit.Lsm,
            Of("bpf_get_task_exe_file", 6, 12, Acquire | TrustedArguments | ReturnsNull),
            Of("bpf_put_file", 6, 12, Release),
            Of("bpf_path_d_path", 6, 12, TrustedArguments),
            Of("bpf_get_dentry_xattr", 6, 12, Sleepable | TrustedArguments),
            Of("bpf_get_file_xattr", 6, 8, Sleepable | TrustedArguments),
            Of("bpf_set_dentry_xattr", 6, 15, Sleepable | TrustedArguments),
            Of("bpf_remove_dentry_xattr", 6, 15, Sleepable | TrustedArguments),
            Of("bpf_get_fsverity_digest", 6, 8, TrustedArguments)),
        .. For(Tracing,
            Of("css_rstat_updated", 6, 16),
            Of("css_rstat_flush", 6, 16, Sleepable)),
        .. For(StructOps,
            Of("hid_bpf_get_data", 6, 3, ReturnsNull),
            Of("hid_bpf_try_input_report", 6, 11)),
        .. For(StructOps | Syscall,
            Of("hid_bpf_allocate_context", 6, 3, Acquire | ReturnsNull | Sleepable),
            Of("hid_bpf_release_context", 6, 3, Release | Sleepable),
            Of("hid_bpf_hw_request", 6, 3, Sleepable),
            Of("hid_bpf_hw_output_report", 6, 10, Sleepable),
            Of("hid_bpf_input_report", 6, 10, Sleepable)),
        .. For(TrafficControl | Tracing | Syscall,
            Of("bpf_kfunc_call_test_release", 5, 18, Release),
            Of("bpf_kfunc_call_memb_release", 5, 19, Release)),
        .. For(ModifyReturn,
            Of("bpf_modify_return_test", 6, 3),
            Of("bpf_modify_return_test2", 6, 5),
            Of("bpf_fentry_test1", 6, 3, Sleepable)),
    ];
}
