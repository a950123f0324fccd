// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program runs each time a performance counter has counted far enough; see <see cref="PerfEventContext"/>.</summary>
[Section("perf_event")]
public sealed class PerfEventAttribute : BpfProgramAttribute;
