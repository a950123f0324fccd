// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Output.Formats;

/// <summary>What is written to a file of the kernel's at once: a format of the kernel's, and the numbers of the arguments that it shows.</summary>
internal sealed record SequencePart(byte[] Text, ImmutableArray<int> Values)
{
    /// <summary>Whether it is written as it is, and is no format.</summary>
    public bool IsVerbatim { get; init; }
}
