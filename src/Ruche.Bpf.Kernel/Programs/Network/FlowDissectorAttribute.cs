// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program finds the addresses and ports of a packet in place of the kernel (4.20); it fills <see cref="SkBuffContext.FlowKeys"/>.</summary>
[Section("flow_dissector")]
public sealed class FlowDissectorAttribute : BpfProgramAttribute;
