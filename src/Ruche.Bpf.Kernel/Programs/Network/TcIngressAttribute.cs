// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees each packet that comes in by a network device, after XDP, and returns a <see cref="TcAction"/>.</summary>
[Section("tc/ingress")]
public sealed class TcIngressAttribute : BpfProgramAttribute;
