// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Types;

/// <summary>How stacks are shown.</summary>
internal enum StackMode
{
    /// <summary>A line <c>name+offset</c> for each address.</summary>
    Bpftrace,

    /// <summary>A line <c>address name+offset (file)</c>, as perf does.</summary>
    Perf,

    /// <summary>The bare addresses.</summary>
    Raw,

    /// <summary>The build id of the file that each address is in, and where in the file it is.</summary>
    BuildId,
}
