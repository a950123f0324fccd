// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.KernelTypes;

/// <summary>The kernel's types whose objects are freed only after an RCU grace period.</summary>
internal static class RcuTypes
{
    /// <summary>Whether objects of a type are.</summary>
    public static bool Contains(string type) => type is "prog_test_ref_kfunc" or "cgroup" or "bpf_cpumask" or "task_struct" or "bpf_crypto_ctx";
}
