// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees, and may change, what a socket's option is set to (5.3). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/setsockopt")]
public sealed class CgroupSetSockOptAttribute : BpfProgramAttribute;
