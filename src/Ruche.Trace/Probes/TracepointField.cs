// SPDX-License-Identifier: MIT
using Ruche.Trace.Types;

namespace Ruche.Trace.Probes;

/// <summary>
/// A field of a trace point as its format file declares it. <paramref name="Type"/> is that of one element in C, without qualifiers;
/// <paramref name="Pointers"/> says how many stars follow it.
/// </summary>
internal sealed record TracepointField(string Name, string Type, int Pointers, bool IsArray, FieldLocation Location, int Offset, int Size, bool IsSigned)
{
    /// <summary>As the file writes it: <c>char prev_comm[16]</c>.</summary>
    public required string Declaration { get; init; }

    /// <summary>Whether every event has it.</summary>
    public bool IsCommon => Name.StartsWith("common_", StringComparison.Ordinal);
}
