// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.BtfLoad"/> takes. The kernel writes <see cref="BtfLogTrueSize"/> back.</summary>
internal struct BtfLoadAttr
{
    public ulong Btf;
    public ulong BtfLogBuf;
    public uint BtfSize;
    public uint BtfLogSize;
    public uint BtfLogLevel;
    public uint BtfLogTrueSize;
    public uint BtfFlags;
    public int BtfTokenFd;
}
