// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees the packets that come in for a control group (4.10). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup_skb/ingress")]
public sealed class CgroupSkbIngressAttribute : BpfProgramAttribute;
