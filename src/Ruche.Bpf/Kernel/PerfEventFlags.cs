// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>The one-bit fields of <c>struct perf_event_attr</c> that are used.</summary>
[Flags]
internal enum PerfEventFlags : ulong
{
    None = 0,
    Disabled = 1UL << 0,
    Inherit = 1UL << 1,
    ExcludeUser = 1UL << 4,
    ExcludeKernel = 1UL << 5,
    ExcludeHypervisor = 1UL << 6,
    ExcludeIdle = 1UL << 7,
    Frequency = 1UL << 10,
    Watermark = 1UL << 14,
}
