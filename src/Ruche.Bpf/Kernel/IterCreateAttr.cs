// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.IterCreate"/> takes.</summary>
internal struct IterCreateAttr
{
    public uint LinkFd;
    public uint Flags;
}
