// SPDX-License-Identifier: MIT
using Ruche.Trace.Types;

namespace Ruche.Trace.Output;

/// <summary>Knows what stands at addresses, and the stacks that programs saved.</summary>
internal interface ISymbolNames
{
    /// <summary>What stands at an address of the kernel; null when nobody knows.</summary>
    SymbolName? Kernel(ulong address);

    /// <summary>What stands at an address of a process; null when nobody knows.</summary>
    SymbolName? User(int process, ulong address);

    /// <summary>Fetches what names the addresses of a process once it is gone.</summary>
    void Keep(int process);

    /// <summary>The addresses of a stack, from the innermost on; none when it is not there.</summary>
    ReadOnlySpan<ulong> Stack(TraceType.Stack type, long id);
}
