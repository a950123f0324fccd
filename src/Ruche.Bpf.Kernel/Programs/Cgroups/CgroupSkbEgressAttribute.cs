// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees the packets that a control group sends (4.10). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup_skb/egress")]
public sealed class CgroupSkbEgressAttribute : BpfProgramAttribute;
