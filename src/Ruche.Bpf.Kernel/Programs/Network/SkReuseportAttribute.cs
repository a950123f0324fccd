// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program chooses one of the sockets that listen on the same port (4.19), with <see cref="BpfReuseportSockArray"/>.</summary>
[Section("sk_reuseport")]
public sealed class SkReuseportAttribute : BpfProgramAttribute;
