// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees, and may change, the address that an IPv4 socket is bound to (4.17). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/bind4")]
public sealed class CgroupBind4Attribute : BpfProgramAttribute;
