// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees each packet that leaves by a network device, and returns a <see cref="TcAction"/>.</summary>
[Section("tc/egress")]
public sealed class TcEgressAttribute : BpfProgramAttribute;
