// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary><c>struct bpf_btf_info</c> as it was before Linux 5.11.</summary>
internal struct KernelBtfInfoBeforeNames
{
    public ulong Btf;
    public uint BtfSize;
    public uint Id;
}
