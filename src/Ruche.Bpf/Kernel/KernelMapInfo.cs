// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary><c>struct bpf_map_info</c>.</summary>
internal struct KernelMapInfo
{
    public uint Type;
    public uint Id;
    public uint KeySize;
    public uint ValueSize;
    public uint MaxEntries;
    public uint MapFlags;
    public ObjectName Name;
    public uint Ifindex;
    public uint BtfVmlinuxValueTypeId;
    public ulong NetnsDev;
    public ulong NetnsIno;
    public uint BtfId;
    public uint BtfKeyTypeId;
    public uint BtfValueTypeId;
    public uint BtfVmlinuxId;
    public ulong MapExtra;
}
