// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>How a timer is set.</summary>
[Flags]
public enum TimerFlags : ulong
{
    /// <summary>From now on.</summary>
    None = 0,

    /// <summary>At a time of its clock (6.4).</summary>
    Absolute = 1,

    /// <summary>On this CPU (6.7).</summary>
    ThisCpu = 2,
}
