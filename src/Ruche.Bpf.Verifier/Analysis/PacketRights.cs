// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Which programs may do what with a packet's bytes.</summary>
internal static class PacketRights
{
    /// <summary>Whether programs of a type may write through packet pointers.</summary>
    public static bool MayWrite(ProgramType type) =>
        type is ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.Xdp or ProgramType.LwtXmit or ProgramType.SkSkb or ProgramType.SkMsg
            or ProgramType.CgroupSockOpt;

    /// <summary>Whether they may read through packet pointers, and give them to helpers.</summary>
    public static bool MayRead(ProgramType type) => MayWrite(type)
        || type is ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtSeg6Local or ProgramType.SkReuseport or ProgramType.FlowDissector
            or ProgramType.CgroupSkb;
}
