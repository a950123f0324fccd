// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What <see cref="BpfCommand.EnableStats"/> takes.</summary>
internal struct EnableStatsAttr
{
    public uint Type;
}
