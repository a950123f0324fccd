// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>Which helpers may be given which maps: some maps are for a few helpers only, and some helpers for a few maps only.</summary>
internal static class MapCompatibility
{
    /// <summary>Whether a helper may be called with a map, by a program of a type and attachment.</summary>
    public static bool Allows(MapType map, HelperId helper, ProgramType program, AttachType? attach) =>
        MapAllows(map, helper, program, attach) && HelperAllows(helper, map);

    private static bool MapAllows(MapType map, HelperId helper, ProgramType program, AttachType? attach) => map switch
    {
        MapType.ProgArray => helper is HelperId.TailCall,
        MapType.PerfEventArray => helper is HelperId.PerfEventRead or HelperId.PerfEventOutput or HelperId.SkbOutput or HelperId.PerfEventReadValue or HelperId.XdpOutput,
        MapType.RingBuf => helper is HelperId.RingbufOutput or HelperId.RingbufReserve or HelperId.RingbufQuery or HelperId.RingbufReserveDynptr
            or HelperId.RingbufSubmitDynptr or HelperId.RingbufDiscardDynptr,
        MapType.UserRingBuf => helper is HelperId.UserRingbufDrain,
        MapType.StackTrace => helper is HelperId.GetStackid,
        MapType.CgroupArray => helper is HelperId.SkbUnderCgroup or HelperId.CurrentTaskUnderCgroup,
        MapType.CgroupStorage or MapType.PerCpuCgroupStorage => helper is HelperId.GetLocalStorage,
        MapType.DevMap or MapType.DevMapHash or MapType.XskMap => helper is HelperId.RedirectMap or HelperId.MapLookupElem,
        MapType.CpuMap => helper is HelperId.RedirectMap,
        MapType.ArrayOfMaps or MapType.HashOfMaps => helper is HelperId.MapLookupElem,
        MapType.SockMap => helper is HelperId.SkRedirectMap or HelperId.SockMapUpdate or HelperId.MsgRedirectMap or HelperId.SkSelectReuseport or HelperId.MapLookupElem
            || MayUpdateSockets(helper, program, attach),
        MapType.SockHash => helper is HelperId.SkRedirectHash or HelperId.SockHashUpdate or HelperId.MsgRedirectHash or HelperId.SkSelectReuseport or HelperId.MapLookupElem
            || MayUpdateSockets(helper, program, attach),
        MapType.ReuseportSockArray => helper is HelperId.SkSelectReuseport,
        MapType.Queue or MapType.Stack => helper is HelperId.MapPeekElem or HelperId.MapPopElem or HelperId.MapPushElem,
        MapType.SkStorage => helper is HelperId.SkStorageGet or HelperId.SkStorageDelete or HelperId.KptrXchg,
        MapType.InodeStorage => helper is HelperId.InodeStorageGet or HelperId.InodeStorageDelete or HelperId.KptrXchg,
        MapType.TaskStorage => helper is HelperId.TaskStorageGet or HelperId.TaskStorageDelete or HelperId.KptrXchg,
        MapType.CgrpStorage => helper is HelperId.CgrpStorageGet or HelperId.CgrpStorageDelete or HelperId.KptrXchg,
        MapType.BloomFilter => helper is HelperId.MapPeekElem or HelperId.MapPushElem,
        MapType.InsnArray => false,
        _ => true,
    };

    private static bool HelperAllows(HelperId helper, MapType map) => helper switch
    {
        HelperId.TailCall => map is MapType.ProgArray,
        HelperId.PerfEventRead or HelperId.PerfEventOutput or HelperId.PerfEventReadValue or HelperId.SkbOutput or HelperId.XdpOutput => map is MapType.PerfEventArray,
        HelperId.RingbufOutput or HelperId.RingbufReserve or HelperId.RingbufQuery or HelperId.RingbufReserveDynptr or HelperId.RingbufSubmitDynptr
            or HelperId.RingbufDiscardDynptr => map is MapType.RingBuf,
        HelperId.UserRingbufDrain => map is MapType.UserRingBuf,
        HelperId.GetStackid => map is MapType.StackTrace,
        HelperId.CurrentTaskUnderCgroup or HelperId.SkbUnderCgroup => map is MapType.CgroupArray,
        HelperId.RedirectMap => map is MapType.DevMap or MapType.DevMapHash or MapType.CpuMap or MapType.XskMap,
        HelperId.SkRedirectMap or HelperId.MsgRedirectMap or HelperId.SockMapUpdate => map is MapType.SockMap,
        HelperId.SkRedirectHash or HelperId.MsgRedirectHash or HelperId.SockHashUpdate => map is MapType.SockHash,
        HelperId.GetLocalStorage => map is MapType.CgroupStorage or MapType.PerCpuCgroupStorage,
        HelperId.SkSelectReuseport => map is MapType.ReuseportSockArray or MapType.SockMap or MapType.SockHash,
        HelperId.MapPopElem => map is MapType.Queue or MapType.Stack,
        HelperId.MapPeekElem or HelperId.MapPushElem => map is MapType.Queue or MapType.Stack or MapType.BloomFilter,
        HelperId.MapLookupPercpuElem => map is MapType.PerCpuArray or MapType.PerCpuHash or MapType.LruPerCpuHash,
        HelperId.SkStorageGet or HelperId.SkStorageDelete => map is MapType.SkStorage,
        HelperId.InodeStorageGet or HelperId.InodeStorageDelete => map is MapType.InodeStorage,
        HelperId.TaskStorageGet or HelperId.TaskStorageDelete => map is MapType.TaskStorage,
        HelperId.CgrpStorageGet or HelperId.CgrpStorageDelete => map is MapType.CgrpStorage,
        _ => true,
    };

    // Only where no locked socket can be at hand.
    private static bool MayUpdateSockets(HelperId helper, ProgramType program, AttachType? attach) =>
        helper is HelperId.MapUpdateElem or HelperId.MapDeleteElem && program switch
        {
            ProgramType.Tracing => attach is AttachType.TraceIter,
            ProgramType.SockOps => helper is HelperId.MapDeleteElem,
            ProgramType.SocketFilter or ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.Xdp or ProgramType.SkReuseport
                or ProgramType.FlowDissector or ProgramType.SkLookup => true,
            _ => false,
        };
}
