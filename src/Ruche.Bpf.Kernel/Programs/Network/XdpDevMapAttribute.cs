// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees packets that a device map redirects, just before they leave (5.8), and returns an <see cref="XdpAction"/>.</summary>
[Section("xdp/devmap")]
public sealed class XdpDevMapAttribute : BpfProgramAttribute
{
    /// <summary>Whether the program takes packets that lie in several pieces (5.18); <see cref="XdpContext.Packet"/> is the first.</summary>
    public bool HasFragments { get; init; }
}
