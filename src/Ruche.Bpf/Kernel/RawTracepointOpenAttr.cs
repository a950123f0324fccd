// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.RawTracepointOpen"/> takes.</summary>
internal struct RawTracepointOpenAttr
{
    public ulong Name;
    public uint ProgFd;
    public ulong Cookie;
}
