// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees the packets of a control group, in a direction that the loader is told. Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/skb")]
public sealed class CgroupSkbAttribute : BpfProgramAttribute;
