// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.LinkDetach"/> takes.</summary>
internal struct LinkDetachAttr
{
    public uint LinkFd;
}
