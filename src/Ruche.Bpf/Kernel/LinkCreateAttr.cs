// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.LinkCreate"/> takes: four common fields, then those of one kind of link.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct LinkCreateAttr
{
    [FieldOffset(0)] public uint ProgFd;
    [FieldOffset(4)] public uint TargetFd;
    [FieldOffset(8)] public uint AttachType;
    [FieldOffset(12)] public uint Flags;

    [FieldOffset(16)] public uint TracingTargetBtfId;
    [FieldOffset(24)] public ulong TracingCookie;

    [FieldOffset(16)] public ulong IterInfo;
    [FieldOffset(24)] public uint IterInfoLen;

    [FieldOffset(16)] public ulong PerfEventBpfCookie;

    [FieldOffset(16)] public uint KprobeMultiFlags;
    [FieldOffset(20)] public uint KprobeMultiCnt;
    [FieldOffset(24)] public ulong KprobeMultiSyms;
    [FieldOffset(32)] public ulong KprobeMultiAddrs;
    [FieldOffset(40)] public ulong KprobeMultiCookies;

    [FieldOffset(16)] public uint NetfilterPf;
    [FieldOffset(20)] public uint NetfilterHooknum;
    [FieldOffset(24)] public int NetfilterPriority;
    [FieldOffset(28)] public uint NetfilterFlags;

    [FieldOffset(16)] public uint TcxRelativeFd;
    [FieldOffset(24)] public ulong TcxExpectedRevision;

    [FieldOffset(16)] public uint NetkitRelativeFd;
    [FieldOffset(24)] public ulong NetkitExpectedRevision;

    [FieldOffset(16)] public uint CgroupRelativeFd;
    [FieldOffset(24)] public ulong CgroupExpectedRevision;

    [FieldOffset(16)] public ulong UprobeMultiPath;
    [FieldOffset(24)] public ulong UprobeMultiOffsets;
    [FieldOffset(32)] public ulong UprobeMultiRefCtrOffsets;
    [FieldOffset(40)] public ulong UprobeMultiCookies;
    [FieldOffset(48)] public uint UprobeMultiCnt;
    [FieldOffset(52)] public uint UprobeMultiFlags;
    [FieldOffset(56)] public uint UprobeMultiPid;

    [FieldOffset(16)] public ulong TracingMultiIds;
    [FieldOffset(24)] public ulong TracingMultiCookies;
    [FieldOffset(32)] public uint TracingMultiCnt;
}
