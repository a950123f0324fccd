// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs when something happens to a TCP connection of a control group (4.13); see <see cref="SockOpsContext"/>.</summary>
[Section("sockops")]
public sealed class SockOpsAttribute : BpfProgramAttribute;
