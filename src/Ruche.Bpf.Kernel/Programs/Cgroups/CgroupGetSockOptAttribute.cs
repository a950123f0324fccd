// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees, and may change, what reading a socket's option gives (5.3). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/getsockopt")]
public sealed class CgroupGetSockOptAttribute : BpfProgramAttribute;
