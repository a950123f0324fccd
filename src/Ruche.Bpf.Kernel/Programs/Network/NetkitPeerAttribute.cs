// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees what the peer end of a netkit pair sends (6.7), and returns a <see cref="TcAction"/>.</summary>
[Section("netkit/peer")]
public sealed class NetkitPeerAttribute : BpfProgramAttribute;
