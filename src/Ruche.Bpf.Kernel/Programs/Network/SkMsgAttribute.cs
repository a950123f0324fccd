// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program decides where a message goes that is sent through a socket of a socket map; returns an <see cref="SkAction"/>.</summary>
[Section("sk_msg")]
public sealed class SkMsgAttribute : BpfProgramAttribute;
