// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Maps;

/// <summary>The CPUs that per-CPU maps have values for.</summary>
public static class PossibleCpus
{
    /// <summary>How many there are, those that are not there yet included.</summary>
    public static int Count => CpuList.PossibleCount;
}
