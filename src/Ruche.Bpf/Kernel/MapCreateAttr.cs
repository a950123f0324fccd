// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.MapCreate"/> takes.</summary>
internal struct MapCreateAttr
{
    public uint MapType;
    public uint KeySize;
    public uint ValueSize;
    public uint MaxEntries;
    public uint MapFlags;
    public uint InnerMapFd;
    public uint NumaNode;
    public ObjectName MapName;
    public uint MapIfindex;
    public uint BtfFd;
    public uint BtfKeyTypeId;
    public uint BtfValueTypeId;
    public uint BtfVmlinuxValueTypeId;
    public ulong MapExtra;
    public int ValueTypeBtfObjFd;
    public int MapTokenFd;
}
