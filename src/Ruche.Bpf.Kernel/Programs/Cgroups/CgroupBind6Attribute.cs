// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees, and may change, the address that an IPv6 socket is bound to (4.17). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/bind6")]
public sealed class CgroupBind6Attribute : BpfProgramAttribute;
