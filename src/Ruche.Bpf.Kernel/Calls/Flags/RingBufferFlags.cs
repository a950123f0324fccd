// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>Whether the reader of a ring is woken.</summary>
[Flags]
public enum RingBufferFlags : ulong
{
    /// <summary>When it waits.</summary>
    Default = 0,

    /// <summary>Not.</summary>
    NoWakeup = 1,

    /// <summary>In any case.</summary>
    ForceWakeup = 2,
}
