// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>What counts for a helper besides the type of the program, which is <see cref="HelperAvailability"/>'s: the attachment, the function
/// traced, the loader's capabilities. As in Linux 6.18. That a helper may sleep is said by its prototype.</summary>
public static partial class HelperRestrictions
{
    /// <summary>Functions of the kernel where a path may be turned into text: none of them holds a lock that this takes.</summary>
    private static readonly HashSet<string> PathTargets = new(
    [
        "security_file_permission", "security_inode_getattr", "security_file_open", "security_path_truncate", "vfs_truncate", "vfs_fallocate",
        "dentry_open", "vfs_getattr", "filp_close",
    ], StringComparer.Ordinal);

    /// <summary>LSM hooks with a socket whose options may be read and set.</summary>
    private static readonly HashSet<string> SocketHooks = new(
        ["sock_graft", "inet_csk_clone", "inet_conn_established", "socket_post_create", "socket_socketpair"], StringComparer.Ordinal);

    /// <summary>Whether a program may call a helper that its type may call.</summary>
    public static HelperRefusal Check(HelperId helper, HelperCaller caller) => helper switch
    {
        HelperId.GetRetval or HelperId.SetRetval when !HasResult(caller) => HelperRefusal.NotOffered,
        HelperId.GetLocalStorage when caller.Type == ProgramType.Lsm && caller.Attachment != AttachType.LsmCgroup => HelperRefusal.NotOffered,
        HelperId.Bind when caller.Attachment is not (AttachType.CgroupInet4Connect or AttachType.CgroupInet6Connect) => HelperRefusal.NotOffered,
        HelperId.Getsockopt or HelperId.Setsockopt when !HasOptions(caller) => HelperRefusal.NotOffered,
        HelperId.SeqPrintf or HelperId.SeqWrite or HelperId.SeqPrintfBtf when !caller.IsIterator => HelperRefusal.NotOffered,
        HelperId.GetFuncArg or HelperId.GetFuncRet or HelperId.GetFuncArgCnt when !caller.HasTrampoline => HelperRefusal.NotOffered,
        HelperId.GetAttachCookie when !HasCookie(caller) => HelperRefusal.NotOffered,
        HelperId.GetFuncIp when caller.Type != ProgramType.Kprobe && !(caller.Type == ProgramType.Tracing && caller.HasTrampoline) =>
            HelperRefusal.NotSupported,
        HelperId.DPath when !ShowsPaths(caller) => HelperRefusal.NotAllowed,
        HelperId.ImaInodeHash or HelperId.ImaFileHash when caller.Target is null || !LsmHooks.MaySleep(caller.Target) => HelperRefusal.NotAllowed,
        HelperId.SkStorageGet or HelperId.SkStorageDelete when !ReachesSocketStorage(caller) => HelperRefusal.NotAllowed,
        _ => HelperRefusal.None,
    };

    /// <summary>Whether the attachment ends in a result that programs can read and change.</summary>
    private static bool HasResult(HelperCaller caller) => caller.Type == ProgramType.Lsm
        ? caller.Attachment == AttachType.LsmCgroup
        : caller.Attachment is not (AttachType.CgroupInetIngress or AttachType.CgroupInetEgress or AttachType.CgroupSockOps
            or AttachType.CgroupUdp4RecvMsg or AttachType.CgroupUdp6RecvMsg or AttachType.CgroupUnixRecvMsg
            or AttachType.CgroupInet4GetPeerName or AttachType.CgroupInet6GetPeerName or AttachType.CgroupUnixGetPeerName
            or AttachType.CgroupInet4GetSockName or AttachType.CgroupInet6GetSockName or AttachType.CgroupUnixGetSockName);

    private static bool HasOptions(HelperCaller caller) => caller.Type switch
    {
        ProgramType.CgroupSock => caller.Attachment == AttachType.CgroupInetSockCreate,
        ProgramType.CgroupSockAddr => caller.Attachment is not (AttachType.CgroupUnixGetPeerName or AttachType.CgroupUnixGetSockName),
        ProgramType.CgroupSockOpt => caller.Attachment == AttachType.CgroupSetSockOpt,
        ProgramType.Lsm => caller.Attachment == AttachType.LsmCgroup && caller.Target is not null && SocketHooks.Contains(caller.Target),
        ProgramType.Tracing => caller is { IsIterator: true, Target: "tcp" or "unix" },
        _ => true,
    };

    private static bool HasCookie(HelperCaller caller) => caller.Type switch
    {
        ProgramType.Tracing => caller.HasTrampoline || caller.Attachment == AttachType.TraceRawTp,
        ProgramType.Lsm => caller.HasTrampoline,
        ProgramType.Syscall => false,
        _ => true,
    };

    private static bool ShowsPaths(HelperCaller caller) => caller.IsIterator || (caller.Target is not null &&
        (caller.Type == ProgramType.Lsm ? LsmHooks.MaySleep(caller.Target) : PathTargets.Contains(caller.Target)));

    /// <summary>Not from within the storage itself, which would wait for its own lock.</summary>
    private static bool ReachesSocketStorage(HelperCaller caller) => caller.Type switch
    {
        ProgramType.Tracing when caller.Attachment is AttachType.TraceIter or AttachType.TraceRawTp => true,
        ProgramType.Tracing => caller.Attachment is AttachType.TraceFentry or AttachType.TraceFexit
            && caller.Target?.StartsWith("bpf_sk_storage", StringComparison.Ordinal) == false,
        ProgramType.Syscall => false,
        _ => true,
    };
}
