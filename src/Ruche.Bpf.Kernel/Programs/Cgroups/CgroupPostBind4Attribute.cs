// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program is asked after a control group has bound an IPv4 socket to an address (4.17). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/post_bind4")]
public sealed class CgroupPostBind4Attribute : BpfProgramAttribute;
