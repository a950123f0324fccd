// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>As <see cref="SkSkbStreamVerdictAttribute"/>, without a parser and for datagrams too (5.13).</summary>
[Section("sk_skb/verdict")]
public sealed class SkSkbVerdictAttribute : BpfProgramAttribute;
