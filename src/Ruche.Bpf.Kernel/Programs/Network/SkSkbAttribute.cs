// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees what sockets of a socket map receive, in a role that the loader is told.</summary>
[Section("sk_skb")]
public sealed class SkSkbAttribute : BpfProgramAttribute;
