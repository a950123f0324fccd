// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>
/// The program sees, and may change, the address that a datagram is said to have come from (IPv6; 5.2). Returns a <see cref="CgroupVerdict"/>.
/// </summary>
[Section("cgroup/recvmsg6")]
public sealed class CgroupRecvMsg6Attribute : BpfProgramAttribute;
