// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees packets that a CPU map redirects, on the CPU that they go to (5.9), and returns an <see cref="XdpAction"/>.</summary>
[Section("xdp/cpumap")]
public sealed class XdpCpuMapAttribute : BpfProgramAttribute
{
    /// <summary>Whether the program takes packets that lie in several pieces (5.18); <see cref="XdpContext.Packet"/> is the first.</summary>
    public bool HasFragments { get; init; }
}
