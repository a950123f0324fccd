// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.ProgBindMap"/> takes.</summary>
internal struct ProgBindMapAttr
{
    public uint ProgFd;
    public uint MapFd;
    public uint Flags;
}
