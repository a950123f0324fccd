// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>
/// The program sees, and may change, the address that a datagram is said to have come from (Unix; 6.7). Returns a <see cref="CgroupVerdict"/>.
/// </summary>
[Section("cgroup/recvmsg_unix")]
public sealed class CgroupRecvMsgUnixAttribute : BpfProgramAttribute;
