// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What happened to a <see cref="BpfFd"/>.</summary>
internal enum FdEvent
{
    /// <summary>It came with an object, or stands for something of this process.</summary>
    Opened,

    /// <summary>It stands for an object that was there before and may be somebody else's.</summary>
    Joined,
    Closed,

    /// <summary>Nobody disposed it and the garbage collector had to.</summary>
    Abandoned,
}
