// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program classifies packets of traffic control, in a direction that the loader is told, and returns a <see cref="TcAction"/>.</summary>
[Section("tc")]
public sealed class TcAttribute : BpfProgramAttribute;
