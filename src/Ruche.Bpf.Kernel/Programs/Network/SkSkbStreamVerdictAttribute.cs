// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program decides where a message goes that a socket of a socket map has received; returns an <see cref="SkAction"/>.</summary>
[Section("sk_skb/stream_verdict")]
public sealed class SkSkbStreamVerdictAttribute : BpfProgramAttribute;
