// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Netlink;

/// <summary>Which XDP programs an interface runs. Ids are 0 where there is none.</summary>
/// <param name="Attached">0 nothing, 1 native, 2 generic, 3 offloaded, 4 several.</param>
/// <param name="ProgramId">The program when there is only one.</param>
/// <param name="GenericId">The generic program.</param>
/// <param name="NativeId">The native program.</param>
/// <param name="OffloadId">The offloaded program.</param>
internal readonly record struct XdpState(byte Attached, uint ProgramId, uint GenericId, uint NativeId, uint OffloadId)
{
    /// <summary>Any program that is attached; 0 when none is.</summary>
    public uint AnyId => ProgramId != 0 ? ProgramId : NativeId != 0 ? NativeId : GenericId != 0 ? GenericId : OffloadId;

    /// <summary>How it is attached, in a word.</summary>
    public string Mode => Attached switch
    {
        1 => "native",
        2 => "generic",
        3 => "offloaded",
        _ => "several modes",
    };
}
