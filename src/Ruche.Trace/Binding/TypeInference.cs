// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

/// <summary>
/// The type that everything given to a variable, a key or a value has in common. Numbers are kept in 64 bits; texts get the largest capacity. A
/// type only ever grows, so that going through a script again and again comes to an end.
/// </summary>
internal sealed class TypeInference(TraceType type)
{
    private bool _isTentative;

    public TraceType Type { get; private set; } = type;

    /// <summary>Takes one more type into account. False when it has nothing in common with those before.</summary>
    /// <param name="given">The type.</param>
    /// <param name="isTentative">Whether it is that of a number written in the script, which adapts to others.</param>
    /// <param name="changed">Set when the common type is another now.</param>
    public bool Add(TraceType given, bool isTentative, ref bool changed)
    {
        if (given is TraceType.Nothing) return true;
        var stored = Stored(given);
        if (Type is TraceType.Nothing || (_isTentative && !isTentative && stored is TraceType.Integer && Type is TraceType.Integer))
        {
            changed |= Type != stored;
            (Type, _isTentative) = (stored, isTentative);
            return true;
        }

        if (isTentative && Type is TraceType.Integer && stored is TraceType.Integer) return true;
        if (Common(Type, stored) is not { } common) return false;
        changed |= Type != common;
        Type = common;
        return true;
    }

    /// <summary>Takes a type that is more than the one before.</summary>
    public void Replace(TraceType type, ref bool changed)
    {
        changed |= Type != type;
        Type = type;
    }

    /// <summary>The type as it is kept in variables, keys and values.</summary>
    public static TraceType Stored(TraceType type) => type switch
    {
        TraceType.Integer { IsSigned: true } => TraceType.Int64,
        TraceType.Integer => TraceType.UInt64,
        TraceType.Pointer { Space: MemorySpace.Context } x => x,
        TraceType.Tuple x => x with { Elements = [.. x.Elements.Select(Stored)] },
        _ => type,
    };

    /// <summary>The type that values of both can be kept as; null when there is none.</summary>
    public static TraceType? Common(TraceType a, TraceType b) => (a, b) switch
    {
        _ when a == b => a,
        (TraceType.Nothing, _) => b,
        (_, TraceType.Nothing) => a,
        (TraceType.Integer x, TraceType.Integer y) => new TraceType.Integer(8, x.IsSigned || y.IsSigned),
        (TraceType.Integer or TraceType.Boolean or TraceType.Enumeration, TraceType.Integer or TraceType.Boolean or TraceType.Enumeration) => TraceType.Int64,
        (TraceType.Text x, TraceType.Text y) => new TraceType.Text(Math.Max(x.Capacity, y.Capacity)),
        (TraceType.Buffer x, TraceType.Buffer y) => new TraceType.Buffer(Math.Max(x.Capacity, y.Capacity)),
        (TraceType.Pointer x, TraceType.Pointer y) => x.Target is TraceType.Nothing ? y : y.Target is TraceType.Nothing ? x : new TraceType.Pointer(TraceType.None, x.Space),
        (TraceType.Pointer x, TraceType.Integer) => x,
        (TraceType.Integer, TraceType.Pointer y) => y,
        (TraceType.Tuple x, TraceType.Tuple y) when x.Elements.Length == y.Elements.Length && x.Names.Order().SequenceEqual(y.Names.Order()) => CommonOfEach(x, y),
        _ => null,
    };

    // Names are in the order of those that came first.
    private static TraceType.Tuple? CommonOfEach(TraceType.Tuple a, TraceType.Tuple b)
    {
        TraceType?[] common = [.. a.Elements.Select((e, i) => Common(e, b.Elements[b.PositionOf(i, a)]))];
        return common.Contains(null) ? null : a with { Elements = [.. common!] };
    }
}
