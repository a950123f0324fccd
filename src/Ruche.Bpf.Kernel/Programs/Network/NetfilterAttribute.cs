// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program is a hook of netfilter (6.4), and returns a <see cref="NetfilterVerdict"/>.</summary>
[Section("netfilter")]
public sealed class NetfilterAttribute : BpfProgramAttribute;
