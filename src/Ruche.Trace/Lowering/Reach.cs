// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Lowering;

/// <summary>How memory is read.</summary>
internal enum Reach
{
    /// <summary>The program's stack, values of maps, records of buffers: read and written directly.</summary>
    Local,

    /// <summary>The context: read directly.</summary>
    Context,

    /// <summary>Kernel memory, read by a helper.</summary>
    Kernel,

    /// <summary>The process's memory, read by a helper.</summary>
    User,
}
