// SPDX-License-Identifier: MIT
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Maps;

/// <summary>
/// A map of a script: its name with the at sign, the type of its keys (a tuple when there are several, <see cref="TraceType.Nothing"/> when
/// there is none), and that of its values.
/// </summary>
internal sealed record MapShape(string Name, TraceType Key, TraceType Value)
{
    public bool IsScalar => Key is TraceType.Nothing;

    public Aggregation? Aggregation => (Value as TraceType.Aggregate)?.Of;

    /// <summary>Whether a value takes several lines.</summary>
    public bool HasParts => Aggregation?.HasParts == true;
}
