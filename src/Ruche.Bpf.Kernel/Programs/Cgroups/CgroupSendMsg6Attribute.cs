// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees, and may change, the address that a datagram is sent to (IPv6; 4.18). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/sendmsg6")]
public sealed class CgroupSendMsg6Attribute : BpfProgramAttribute;
