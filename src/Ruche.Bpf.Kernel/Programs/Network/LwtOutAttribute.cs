// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees packets of this host that a route with encapsulation sends, and returns an <see cref="LwtAction"/>.</summary>
[Section("lwt_out")]
public sealed class LwtOutAttribute : BpfProgramAttribute;
