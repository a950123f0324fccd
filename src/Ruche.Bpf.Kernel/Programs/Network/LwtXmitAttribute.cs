// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees packets just before a route with encapsulation transmits them, may change them, and returns an <see cref="LwtAction"/>.</summary>
[Section("lwt_xmit")]
public sealed class LwtXmitAttribute : BpfProgramAttribute;
