// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees, and may change, the address that a datagram is sent to (IPv4; 4.18). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/sendmsg4")]
public sealed class CgroupSendMsg4Attribute : BpfProgramAttribute;
