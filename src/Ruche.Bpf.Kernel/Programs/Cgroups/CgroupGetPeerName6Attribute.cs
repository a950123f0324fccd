// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>
/// The program sees, and may change, the address that a socket is said to be connected to (IPv6; 5.8). Returns a <see cref="CgroupVerdict"/>.
/// </summary>
[Section("cgroup/getpeername6")]
public sealed class CgroupGetPeerName6Attribute : BpfProgramAttribute;
