// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.TokenCreate"/> takes.</summary>
internal struct TokenCreateAttr
{
    public uint Flags;
    public uint BpffsFd;
}
