// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary><c>struct bpf_link_info</c>: three common fields, then those of one kind of link.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct KernelLinkInfo
{
    [FieldOffset(0)] public uint Type;
    [FieldOffset(4)] public uint Id;
    [FieldOffset(8)] public uint ProgId;

    [FieldOffset(16)] public ulong RawTracepointTpName;
    [FieldOffset(24)] public uint RawTracepointTpNameLen;
    [FieldOffset(32)] public ulong RawTracepointCookie;

    [FieldOffset(16)] public uint TracingAttachType;
    [FieldOffset(20)] public uint TracingTargetObjId;
    [FieldOffset(24)] public uint TracingTargetBtfId;
    [FieldOffset(32)] public ulong TracingCookie;

    [FieldOffset(16)] public ulong CgroupCgroupId;
    [FieldOffset(24)] public uint CgroupAttachType;

    [FieldOffset(16)] public ulong IterTargetName;
    [FieldOffset(24)] public uint IterTargetNameLen;
    [FieldOffset(28)] public uint IterMapMapId;

    [FieldOffset(16)] public uint NetnsNetnsIno;
    [FieldOffset(20)] public uint NetnsAttachType;

    [FieldOffset(16)] public uint XdpIfindex;

    [FieldOffset(16)] public uint StructOpsMapId;

    [FieldOffset(16)] public uint NetfilterPf;
    [FieldOffset(20)] public uint NetfilterHooknum;
    [FieldOffset(24)] public int NetfilterPriority;
    [FieldOffset(28)] public uint NetfilterFlags;

    [FieldOffset(16)] public uint PerfEventType;

    [FieldOffset(24)] public ulong PerfEventUprobeFileName;
    [FieldOffset(32)] public uint PerfEventUprobeNameLen;
    [FieldOffset(36)] public uint PerfEventUprobeOffset;
    [FieldOffset(40)] public ulong PerfEventUprobeCookie;

    [FieldOffset(24)] public ulong PerfEventKprobeFuncName;
    [FieldOffset(32)] public uint PerfEventKprobeNameLen;
    [FieldOffset(36)] public uint PerfEventKprobeOffset;
    [FieldOffset(40)] public ulong PerfEventKprobeAddr;
    [FieldOffset(48)] public ulong PerfEventKprobeMissed;
    [FieldOffset(56)] public ulong PerfEventKprobeCookie;

    [FieldOffset(24)] public ulong PerfEventTracepointTpName;
    [FieldOffset(32)] public uint PerfEventTracepointNameLen;
    [FieldOffset(40)] public ulong PerfEventTracepointCookie;

    [FieldOffset(24)] public ulong PerfEventEventConfig;
    [FieldOffset(32)] public uint PerfEventEventType;
    [FieldOffset(40)] public ulong PerfEventEventCookie;

    [FieldOffset(16)] public ulong KprobeMultiAddrs;
    [FieldOffset(24)] public uint KprobeMultiCount;
    [FieldOffset(28)] public uint KprobeMultiFlags;
    [FieldOffset(32)] public ulong KprobeMultiMissed;
    [FieldOffset(40)] public ulong KprobeMultiCookies;

    [FieldOffset(16)] public ulong UprobeMultiPath;
    [FieldOffset(24)] public ulong UprobeMultiOffsets;
    [FieldOffset(32)] public ulong UprobeMultiRefCtrOffsets;
    [FieldOffset(40)] public ulong UprobeMultiCookies;
    [FieldOffset(48)] public uint UprobeMultiPathSize;
    [FieldOffset(52)] public uint UprobeMultiCount;
    [FieldOffset(56)] public uint UprobeMultiFlags;
    [FieldOffset(60)] public uint UprobeMultiPid;

    [FieldOffset(16)] public uint TcxIfindex;
    [FieldOffset(20)] public uint TcxAttachType;

    [FieldOffset(16)] public uint NetkitIfindex;
    [FieldOffset(20)] public uint NetkitAttachType;
}
