// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.ObjGetInfoByFd"/> takes. The kernel writes <see cref="InfoLen"/> back.</summary>
internal struct ObjectInfoAttr
{
    public uint BpfFd;
    public uint InfoLen;
    public ulong Info;
}
