// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>The helpers that the machine has, by program type.</summary>
public static class StandardHelpers
{
    private static readonly ConcurrentDictionary<ProgramType, HelperTable> Tables = [];

    private static readonly HelperTable General = Add(
        HelperTable.Empty,
        MapHelpers.AddTo,
        RingHelpers.AddTo,
        DynptrHelpers.AddTo,
        StorageHelpers.AddTo,
        TimeHelpers.AddTo,
        TaskHelpers.AddTo,
        MemoryHelpers.AddTo,
        TextHelpers.AddTo,
        ControlHelpers.AddTo);

    private static readonly HelperTable Buffers =
        Add(General, BufferHelpers.AddTo, ChecksumHelpers.AddForBuffersTo, RedirectHelpers.AddForBuffersTo, SocketHelpers.AddTo, DynptrHelpers.AddForPacketsTo);

    /// <summary>What programs of a type may call, of what the machine has.</summary>
    public static HelperTable For(ProgramType type) => Tables.GetOrAdd(type, static type => Having(type).Where(helper => HelperAvailability.IsAvailable(type, helper) is not false));

    private static HelperTable Having(ProgramType type) => type switch
    {
        ProgramType.Xdp => Add(General, XdpHelpers.AddTo, ChecksumHelpers.AddTo, RedirectHelpers.AddTo, DynptrHelpers.AddForPacketsTo),
        ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.SocketFilter => Add(Buffers, PacketLoads.AddTo),
        ProgramType.LwtXmit or ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtSeg6Local or ProgramType.SkSkb or ProgramType.CgroupSkb
            or ProgramType.FlowDissector => Buffers,
        _ => Add(General, SocketHelpers.AddTo),
    };

    private static HelperTable Add(HelperTable table, params ReadOnlySpan<Func<HelperTable, HelperTable>> additions)
    {
        foreach (var add in additions) table = add(table);
        return table;
    }
}
