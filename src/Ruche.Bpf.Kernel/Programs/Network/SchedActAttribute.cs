// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program is an action of traffic control, and returns a <see cref="TcAction"/>.</summary>
[Section("action")]
public sealed class SchedActAttribute : BpfProgramAttribute;
