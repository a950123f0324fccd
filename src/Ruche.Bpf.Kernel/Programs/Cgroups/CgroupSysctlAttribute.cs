// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program is asked when a control group reads or writes a setting under <c>/proc/sys</c> (5.2). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/sysctl")]
public sealed class CgroupSysctlAttribute : BpfProgramAttribute;
