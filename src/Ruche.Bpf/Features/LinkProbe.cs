// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Features;

/// <summary>Asks for links that cannot come about: how the kernel refuses tells whether it understood.</summary>
internal static unsafe class LinkProbe
{
    public static Support PerfEvent() => Refusal(ProgramType.Tracepoint, AttachType.PerfEvent,
        new LinkCreateAttr { TargetFd = uint.MaxValue }, Errno.EBADF);

    public static Support Tcx() => Refusal(ProgramType.SchedCls, AttachType.TcxIngress,
        new LinkCreateAttr { TargetFd = int.MaxValue }, Errno.ENODEV);

    public static Support UprobeMulti()
    {
        ulong offset = 0;

        // SAFETY: path and offset are pinned or on this frame for the call below.
        fixed (byte* path = "/\0"u8)
            return Refusal(ProgramType.Kprobe, AttachType.TraceUprobeMulti,
                new LinkCreateAttr { UprobeMultiPath = (ulong)path, UprobeMultiOffsets = (ulong)(&offset), UprobeMultiCnt = 1 }, Errno.EBADF);
    }

    public static Support KprobeMulti()
    {
        // SAFETY: the name is pinned and the array of one is on this frame for the call below.
        fixed (byte* name = "ruche_no_such_function\0"u8)
        {
            ulong symbol = (ulong)name;
            return Refusal(ProgramType.Kprobe, AttachType.TraceKprobeMulti,
                new LinkCreateAttr { KprobeMultiSyms = (ulong)(&symbol), KprobeMultiCnt = 1 }, Errno.ESRCH);
        }
    }

    private static Support Refusal(ProgramType type, AttachType attachType, LinkCreateAttr attr, Errno understood)
    {
        AttachType atLoad = type is ProgramType.Kprobe ? attachType : 0;
        Errno refused = ProgramProbe.TryLoad(type, ProgramProbe.ReturnZero, atLoad, "", out int number);
        if (refused is not Errno.None) return refused is Errno.EINVAL ? Support.No : Support.Unknown;
        using BpfFd program = new(number);
        attr.ProgFd = (uint)program.Value;
        attr.AttachType = (uint)attachType;

        Errno errno = BpfSyscall.Try(BpfCommand.LinkCreate, ref attr, out int link);
        return errno == understood ? Support.Yes : Answer.Of(errno, link);
    }
}
