// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Programs;

/// <summary>
/// Keeps the kernel counting how often and how long every program runs, until disposed. Costs some nanoseconds a run.
/// Read the counters with <see cref="BpfProgram.GetInfo"/>.
/// </summary>
public sealed class RunStatistics : IDisposable
{
    private readonly BpfFd _fd;

    private RunStatistics(BpfFd fd) => _fd = fd;

    /// <summary>Starts the counting. Needs CAP_SYS_ADMIN.</summary>
    /// <exception cref="BpfException">The kernel refuses, or is older than 5.8 (EINVAL).</exception>
    public static RunStatistics Enable()
    {
        EnableStatsAttr attr = default;
        return new(BpfSyscall.Open(BpfCommand.EnableStats, ref attr, "enable run statistics"));
    }

    /// <inheritdoc/>
    public void Dispose() => _fd.Dispose();
}
