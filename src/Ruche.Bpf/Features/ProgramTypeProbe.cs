// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Features;

/// <summary>
/// Asks for a program of a type. A kernel that does not know the type says so before its verifier starts: any line in the verifier's
/// log means that it does, whatever it thinks of the program.
/// </summary>
internal static unsafe class ProgramTypeProbe
{
    private const int LogSize = 4096;

    /// <summary>Whether the kernel knows the type.</summary>
    public static Support Type(ProgramType type)
    {
        Errno errno = TryLoad(type, ProgramProbe.ReturnZero, out string log);
        if (errno is Errno.None || log.Length > 0) return Support.Yes;

        // struct_ops programs say so about the struct they belong to, before there is a log.
        if (type is ProgramType.StructOps && errno is Errno.ENOTSUPP) return Support.Yes;
        return errno is Errno.EINVAL or Errno.E2BIG ? Support.No : Support.Unknown;
    }

    /// <summary>Whether programs of the type may call the helper.</summary>
    public static Support Helper(ProgramType type, HelperId helper)
    {
        Errno errno = TryLoad(type, ProgramProbe.Call((int)helper), out string log);
        if (errno is Errno.None) return Support.Yes;
        if (log.Length == 0) return errno is Errno.EINVAL && Type(type) is Support.No ? Support.No : Support.Unknown;
        bool isUnknown = log.Contains("invalid func ", StringComparison.Ordinal) || log.Contains("unknown func ", StringComparison.Ordinal)
            || log.Contains("program of this type cannot use helper ", StringComparison.Ordinal);
        if (isUnknown) return Support.No;
        // Whatever it thinks of the arguments; of programs that want a target it says no word about the call.
        return log.Contains("(85) call ", StringComparison.Ordinal) ? Support.Yes : Support.Unknown;
    }

    /// <summary>
    /// Whether programs of the type, for a hook, may call a function of the kernel. The verifier says that they may not before it looks at what the
    /// function is given.
    /// </summary>
    public static Support Kfunc(ProgramType type, AttachType hook, string function)
    {
        if (!TryFind(BtfKind.Function, function, out int id)) return Support.No;
        if (type is ProgramType.Tracing ? hook is not AttachType.TraceIter : hook == default) hook = HookOf(type);
        Errno errno = TryLoad(type, ProgramProbe.CallKernel(id), hook, TargetOf(type, hook), out string log);
        if (errno is Errno.None) return Support.Yes;
        if (log.Length == 0) return errno is Errno.EINVAL && Type(type) is Support.No ? Support.No : Support.Unknown;

        // The kernel's functions cannot be called at all before Linux 5.13.
        bool isRefused = log.Contains("is not allowed", StringComparison.Ordinal) || log.Contains("uses reserved fields", StringComparison.Ordinal)
            || log.Contains("is not supported", StringComparison.Ordinal) || log.Contains("does not support calling", StringComparison.Ordinal);
        if (isRefused) return Support.No;
        return log.Contains("(85) call ", StringComparison.Ordinal) ? Support.Yes : Support.Unknown;
    }

    // Programs that want a target must have one that fits, or the verifier never comes to their code. Every kernel has these.
    private static uint TargetOf(ProgramType type, AttachType hook)
    {
        (BtfKind kind, string name) = (type, hook) switch
        {
            (ProgramType.Tracing, AttachType.TraceIter) => (BtfKind.Function, "bpf_iter_task"),
            (ProgramType.Tracing, _) => (BtfKind.Typedef, "btf_trace_sched_switch"),
            (ProgramType.Lsm, _) => (BtfKind.Function, "bpf_lsm_file_open"),
            _ => default,
        };
        return name is not null && TryFind(kind, name, out int id) ? (uint)id : 0;
    }

    // A kernel without types has no names for functions that programs could call.
    private static bool TryFind(BtfKind kind, string name, out int id)
    {
        id = 0;
        try
        {
            return KernelTypes.Running.TryFind(kind, name, out id);
        }
        catch (BpfException e) when (e.Errno is Errno.ENOENT)
        {
            return false;
        }
    }

    // Any target, where there must be one.
    private static Errno TryLoad(ProgramType type, ulong[] code, out string log) =>
        TryLoad(type, code, HookOf(type), type is ProgramType.Tracing or ProgramType.Lsm or ProgramType.StructOps or ProgramType.Ext ? 1u : 0, out log);

    private static Errno TryLoad(ProgramType type, ulong[] code, AttachType hook, uint target, out string log)
    {
        byte[] text = new byte[LogSize];

        // SAFETY: code, licence and log are pinned for the call, their lengths given or zero-terminated.
        fixed (ulong* instructions = code)
        fixed (byte* license = "GPL\0"u8, lines = text)
        {
            ProgLoadAttr attr = new()
            {
                ProgType = (uint)type,
                InsnCnt = (uint)code.Length,
                Insns = (ulong)instructions,
                License = (ulong)license,
                KernVersion = KernelVersion.Code,
                ProgFlags = type is ProgramType.Syscall ? (uint)ProgramFlags.Sleepable : 0,
                ExpectedAttachType = (uint)hook,
                AttachBtfId = target,
                LogBuf = (ulong)lines,
                LogSize = LogSize,
                LogLevel = 1,
            };
            Errno errno = BpfSyscall.Try(BpfCommand.ProgLoad, ref attr, out int fd);
            if (errno is Errno.None) new BpfFd(fd).Dispose();
            int end = text.AsSpan().IndexOf((byte)0);
            log = Encoding.UTF8.GetString(end < 0 ? text : text.AsSpan(0, end)).Trim();
            return errno;
        }
    }

    /// <summary>An attach type that programs of the type can be loaded with; some must have one.</summary>
    private static AttachType HookOf(ProgramType type) => type switch
    {
        ProgramType.CgroupSockAddr => AttachType.CgroupInet4Connect,
        ProgramType.CgroupSock => AttachType.CgroupInetSockCreate,
        ProgramType.CgroupSockOpt => AttachType.CgroupGetSockOpt,
        ProgramType.CgroupSysctl => AttachType.CgroupSysctl,
        ProgramType.SkLookup => AttachType.SkLookup,
        ProgramType.Tracing => AttachType.TraceRawTp,
        ProgramType.Lsm => AttachType.LsmMac,
        ProgramType.Netfilter => AttachType.Netfilter,
        _ => default,
    };
}
