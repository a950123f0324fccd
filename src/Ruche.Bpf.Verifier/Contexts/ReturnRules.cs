// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>What programs may return, by their type and by what they are attached to.</summary>
public static class ReturnRules
{
    private const int GreatestError = 4095;

    private static readonly KernelRelease BindPastPrivilege = new(5, 12);
    private static readonly KernelRelease CheckedSecurityHooks = new(6, 12);

    private static readonly ReturnRange Verdict = new(0, 1, "0 refuses, with EPERM, and 1 allows");
    private static readonly ReturnRange Unchangeable = new(1, 1, "1 goes on; the call cannot be refused any more");
    private static readonly ReturnRange Nothing = new(0, 0, "0, as a program that only watches changes nothing");

    /// <summary>
    /// What an extension of the kernel through struct_ops may return when its function returns a pointer to a structure: null, or a pointer
    /// with a reference that it hands over. Functions of numbers may return any.
    /// </summary>
    public static ReturnRange StructOpsPointer { get; } = new(0, 0, "0 is no object; an object is a pointer with its reference");

    /// <summary>What a program may return; null when any value will do.</summary>
    /// <param name="type">The program's type.</param>
    /// <param name="attach">What it is attached to; null when the program does not say.</param>
    /// <param name="attachTarget">The hook of an LSM program, with or without "bpf_lsm_"; ignored otherwise.</param>
    /// <param name="kernel">Whose rules count.</param>
    public static ReturnRange? For(ProgramType type, AttachType? attach, string attachTarget, KernelRelease kernel) => type switch
    {
        ProgramType.CgroupSockAddr => ForSocketAddress(attach, kernel),
        ProgramType.CgroupSkb when attach is AttachType.CgroupInetEgress =>
            new ReturnRange(0, 3, "0 drops the packet and 1 sends it; 2 drops and 3 sends it with a sign of congestion"),
        ProgramType.CgroupSkb => new ReturnRange(0, 1, "0 drops the packet and 1 keeps it"),
        ProgramType.CgroupSock or ProgramType.CgroupDevice or ProgramType.CgroupSysctl or ProgramType.CgroupSockOpt => Verdict,
        ProgramType.SockOps => new ReturnRange(0, 1, "1, and 0 when the program has nothing to say: `reply` then becomes -1"),
        ProgramType.Tracing => ForTracing(attach),
        ProgramType.Kprobe when attach is AttachType.TraceKprobeSession or AttachType.TraceUprobeSession =>
            new ReturnRange(0, 1, "at the entry, 0 also runs the program when the function returns, and 1 does not"),
        ProgramType.SkLookup => new ReturnRange(0, 1, "0 (SK_DROP) refuses and 1 (SK_PASS) goes on with the chosen or usual socket"),
        ProgramType.Netfilter => new ReturnRange(0, 1, "0 (NF_DROP) drops the packet and 1 (NF_ACCEPT) lets it through"),
        ProgramType.Lsm => ForSecurityHook(attach, attachTarget, kernel),
        _ => null,
    };

    private static ReturnRange ForSocketAddress(AttachType? attach, KernelRelease kernel) => attach switch
    {
        AttachType.CgroupUdp4RecvMsg or AttachType.CgroupUdp6RecvMsg or AttachType.CgroupUnixRecvMsg
            or AttachType.CgroupInet4GetPeerName or AttachType.CgroupInet6GetPeerName or AttachType.CgroupUnixGetPeerName
            or AttachType.CgroupInet4GetSockName or AttachType.CgroupInet6GetSockName or AttachType.CgroupUnixGetSockName => Unchangeable,
        AttachType.CgroupInet4Bind or AttachType.CgroupInet6Bind when kernel >= BindPastPrivilege =>
            new ReturnRange(0, 3, "0 refuses and 1 allows; 2 and 3 are the same, without asking for CAP_NET_BIND_SERVICE"),
        _ => Verdict,
    };

    private static ReturnRange? ForTracing(AttachType? attach) => attach switch
    {
        AttachType.TraceFentry or AttachType.TraceFexit or AttachType.TraceFsession
            or AttachType.TraceFentryMulti or AttachType.TraceFexitMulti or AttachType.TraceFsessionMulti => Nothing,
        AttachType.TraceIter => new ReturnRange(0, 1, "0 goes on with the next object and 1 shows this one once more"),
        _ => null,
    };

    private static ReturnRange? ForSecurityHook(AttachType? attach, string hook, KernelRelease kernel)
    {
        SecurityHookResult result = SecurityHooks.ResultOf(hook);
        if (attach is AttachType.LsmCgroup) return result is SecurityHookResult.Nothing ? Unchangeable : Verdict;
        if (kernel < CheckedSecurityHooks) return null;

        return result switch
        {
            SecurityHookResult.Nothing => null,
            SecurityHookResult.Claim => new ReturnRange(0, 1, "0 is no and 1 is yes", IsLowHalf: true),
            _ => new ReturnRange(-GreatestError, 0, "0 allows, and a negative error number refuses with that error", IsLowHalf: true),
        };
    }
}
