// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs when an internet socket of a control group is closed (5.9). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/sock_release")]
public sealed class CgroupSockReleaseAttribute : BpfProgramAttribute;
