// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program is asked when a control group opens an internet socket (4.10). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/sock")]
public sealed class CgroupSockAttribute : BpfProgramAttribute;
