// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary><c>struct bpf_btf_info</c>.</summary>
internal struct KernelBtfInfo
{
    public ulong Btf;
    public uint BtfSize;
    public uint Id;
    public ulong Name;
    public uint NameLen;
    public uint KernelBtf;
}
