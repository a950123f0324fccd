// SPDX-License-Identifier: MIT

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>
/// What the hooks of the Linux security modules return, as of 6.18. The kernel's types say which return nothing; of the others, it keeps a
/// list of those that answer a question.
/// </summary>
internal static class SecurityHooks
{
    private const string Prefix = "bpf_lsm_";

    private static readonly HashSet<string> Claims =
        new(StringComparer.Ordinal) { "xfrm_state_pol_flow_match", "audit_rule_known", "inode_xattr_skipcap" };

    private static readonly HashSet<string> Silent = new(
        [
            "audit_rule_free", "backing_file_free", "bdev_free_security", "bpf_map_free", "bpf_prog_free", "bpf_token_free",
            "bprm_committed_creds", "bprm_committing_creds", "cred_free", "cred_getlsmprop", "cred_getsecid", "cred_transfer",
            "current_getlsmprop_subj", "d_instantiate", "file_free_security", "file_release", "file_set_fowner", "inet_conn_established",
            "inet_csk_clone", "initramfs_populated", "inode_free_security", "inode_free_security_rcu", "inode_getlsmprop",
            "inode_invalidate_secctx", "inode_post_create_tmpfile", "inode_post_remove_acl", "inode_post_removexattr", "inode_post_set_acl",
            "inode_post_setattr", "inode_post_setxattr", "ipc_getlsmprop", "key_post_create_or_update", "msg_msg_free_security",
            "msg_queue_free_security", "path_post_mknod", "release_secctx", "req_classify_flow", "sb_delete", "sb_free_mnt_opts",
            "sb_free_security", "sctp_sk_clone", "secmark_refcount_dec", "secmark_refcount_inc", "sem_free_security", "shm_free_security",
            "sk_clone_security", "sk_free_security", "sk_getsecid", "sock_graft", "task_free", "task_getlsmprop_obj", "task_to_inode",
            "xfrm_policy_free_security", "xfrm_state_free_security",
        ],
        StringComparer.Ordinal);

    /// <summary>The hooks that return nothing.</summary>
    public static IReadOnlyCollection<string> OfNothing => Silent;

    /// <summary>What a hook returns, named with or without "bpf_lsm_".</summary>
    public static SecurityHookResult ResultOf(string hook)
    {
        string name = hook.StartsWith(Prefix, StringComparison.Ordinal) ? hook[Prefix.Length..] : hook;
        if (Silent.Contains(name)) return SecurityHookResult.Nothing;
        return Claims.Contains(name) ? SecurityHookResult.Claim : SecurityHookResult.Error;
    }
}
