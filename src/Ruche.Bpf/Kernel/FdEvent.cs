// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What happened to a <see cref="BpfFd"/>.</summary>
internal enum FdEvent
{
    Opened,
    Closed,

    /// <summary>Nobody disposed it and the garbage collector had to.</summary>
    Abandoned,
}
