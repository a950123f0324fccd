// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Links;

/// <summary>Attaches programs whose target was chosen by type when they were loaded: tp_btf, fentry, fexit, LSM, freplace.</summary>
public static class TracingAttachment
{
    /// <summary>Attaches to the target the program was loaded for.</summary>
    /// <param name="program">A tracing, LSM or extension program.</param>
    /// <param name="cookie">A number that the program reads with <c>bpf_get_attach_cookie</c>; needs Linux 5.19.</param>
    /// <exception cref="BpfException">EBUSY: another program holds the target; EPERM or ENOTSUPP: the kernel refuses such hooks.</exception>
    public static KernelLink AttachTracing(this BpfProgram program, ulong cookie = 0)
    {
        ArgumentNullException.ThrowIfNull(program);
        string target = program.Spec?.AttachTarget is { Length: > 0 } named ? named : "its target";
        Errno errno;
        int fd;
        BpfCommand command = cookie == 0 ? BpfCommand.RawTracepointOpen : BpfCommand.LinkCreate;
        if (cookie == 0)
        {
            // Without a name the kernel takes the target from the program; every kernel with such programs knows this way.
            RawTracepointOpenAttr attr = new() { ProgFd = (uint)program.Fd.Value };
            errno = BpfSyscall.Try(command, ref attr, out fd);
        }
        else
        {
            LinkCreateAttr attr = new() { ProgFd = (uint)program.Fd.Value, AttachType = (uint)(program.AttachType ?? 0), TracingCookie = cookie };
            errno = BpfSyscall.Try(command, ref attr, out fd);
        }

        GC.KeepAlive(program);
        return errno is Errno.None
            ? new(new BpfFd(fd), KindOf(program), program.Name, target)
            : throw new BpfException($"attach '{program.Name}' to {target}", errno, Hint(command, errno));
    }

    private static string? Hint(BpfCommand command, Errno errno) => errno switch
    {
        Errno.EPERM when Capabilities.Has(Capabilities.SysAdmin) => "this kernel refuses such hooks although the process is privileged",
        Errno.ENOTSUPP or Errno.EOPNOTSUPP => "this kernel cannot patch functions (no trampolines on this architecture, or no dynamic ftrace)",
        Errno.EBUSY => "another program or tracer holds that function",
        _ => Hints.For(command, errno),
    };

    private static AttachKind KindOf(BpfProgram program) => program.Spec?.Attach ?? program.AttachType switch
    {
        AttachType.TraceFentry => AttachKind.Fentry,
        AttachType.TraceFexit => AttachKind.Fexit,
        AttachType.ModifyReturn => AttachKind.ModifyReturn,
        AttachType.LsmMac => AttachKind.Lsm,
        AttachType.TraceRawTp => AttachKind.BtfTracepoint,
        _ => AttachKind.Freplace,
    };
}
