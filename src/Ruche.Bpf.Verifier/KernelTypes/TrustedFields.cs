// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.KernelTypes;

/// <summary>The fields that the kernel promises something about.</summary>
internal static class TrustedFields
{
    /// <summary>What is promised about a field.</summary>
    public static FieldTrust Find(string owner, string field) => (owner, field) switch
    {
        ("task_struct", "cpus_ptr" or "cgroups" or "real_parent" or "group_leader") => FieldTrust.Rcu,
        ("cgroup", "kn") => FieldTrust.Rcu,
        ("css_set", "dfl_cgrp") => FieldTrust.Rcu,
        ("cgroup_subsys_state", "cgroup") => FieldTrust.Rcu,
        ("mm_struct", "exe_file" or "owner") => FieldTrust.RcuOrNull,
        ("sk_buff" or "request_sock", "sk") => FieldTrust.RcuOrNull,
        ("bpf_iter_meta", "seq") => FieldTrust.Trusted,
        ("bpf_iter__task", "meta" or "task") => FieldTrust.Trusted,
        ("linux_binprm", "file") => FieldTrust.Trusted,
        ("file", "f_inode") => FieldTrust.Trusted,
        ("dentry", "d_inode") => FieldTrust.TrustedOrNull,
        ("socket", "sk") => FieldTrust.TrustedOrNull,
        ("vm_area_struct", "vm_mm" or "vm_file") => FieldTrust.TrustedOrNull,
        _ => FieldTrust.None,
    };
}
