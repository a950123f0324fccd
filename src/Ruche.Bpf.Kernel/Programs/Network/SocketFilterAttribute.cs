// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program decides how many bytes of a packet a socket gets to see; 0 drops it.</summary>
[Section("socket")]
public sealed class SocketFilterAttribute : BpfProgramAttribute;
