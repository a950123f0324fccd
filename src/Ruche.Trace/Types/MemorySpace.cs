// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>Whose memory an address is of.</summary>
internal enum MemorySpace
{
    Kernel,
    User,

    /// <summary>The context that the kernel hands to the program, which it may read directly.</summary>
    Context,
}
