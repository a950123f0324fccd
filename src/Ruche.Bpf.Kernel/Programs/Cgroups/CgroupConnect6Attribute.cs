// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees, and may change, the address that a socket is connected to (IPv6; 4.17). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/connect6")]
public sealed class CgroupConnect6Attribute : BpfProgramAttribute;
