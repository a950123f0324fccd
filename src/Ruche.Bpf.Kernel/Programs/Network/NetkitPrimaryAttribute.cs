// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees what the primary end of a netkit pair sends (6.7), and returns a <see cref="TcAction"/>.</summary>
[Section("netkit/primary")]
public sealed class NetkitPrimaryAttribute : BpfProgramAttribute;
