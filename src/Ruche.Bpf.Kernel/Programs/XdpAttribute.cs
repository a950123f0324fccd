// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees each packet that a network device receives, before anything else does, and returns an <see cref="XdpAction"/>.</summary>
[Section("xdp")]
public sealed class XdpAttribute : BpfProgramAttribute;
