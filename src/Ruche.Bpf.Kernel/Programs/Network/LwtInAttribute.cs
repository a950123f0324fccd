// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program sees packets that a route with encapsulation has received, and returns an <see cref="LwtAction"/>.</summary>
[Section("lwt_in")]
public sealed class LwtInAttribute : BpfProgramAttribute;
