// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>
/// The program sees, and may change, the address that a socket is said to be connected to (Unix; 6.7). Returns a <see cref="CgroupVerdict"/>.
/// </summary>
[Section("cgroup/getpeername_unix")]
public sealed class CgroupGetPeerNameUnixAttribute : BpfProgramAttribute;
