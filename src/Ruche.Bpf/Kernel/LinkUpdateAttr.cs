// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.LinkUpdate"/> takes.</summary>
internal struct LinkUpdateAttr
{
    public uint LinkFd;
    public uint NewProgFd; // or a map
    public uint Flags;
    public uint OldProgFd; // or a map
}
