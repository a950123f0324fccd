// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program says how long the next message in a socket's stream is.</summary>
[Section("sk_skb/stream_parser")]
public sealed class SkSkbStreamParserAttribute : BpfProgramAttribute;
