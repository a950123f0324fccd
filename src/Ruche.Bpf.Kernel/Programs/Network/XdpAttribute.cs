// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees each packet that a network device receives, before anything else does (4.8), and returns an <see cref="XdpAction"/>.</summary>
[Section("xdp")]
public sealed class XdpAttribute : BpfProgramAttribute
{
    /// <summary>Whether the program takes packets that lie in several pieces (5.18); <see cref="XdpContext.Packet"/> is the first.</summary>
    public bool HasFragments { get; init; }
}
