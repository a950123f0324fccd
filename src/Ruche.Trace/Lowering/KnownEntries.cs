// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Trace.Binding;
using Ruche.Trace.Functions;
using Ruche.Trace.Types;
using SyntaxOperator = Ruche.Trace.Syntax.BinaryOperator;

namespace Ruche.Trace.Lowering;

/// <summary>
/// The entries of maps that a condition has looked up: what it governs need not look them up again, as long as the program itself has not changed their
/// map. What other CPUs do meanwhile could as well have happened after.
/// </summary>
internal sealed class KnownEntries
{
    private readonly Dictionary<BoundExpression, Value> _found = new(ReferenceEqualityComparer.Instance);
    private readonly List<Known> _known = [];
    private int _depth;

    /// <summary>Keeps what an entry holds for where the condition that it is a part of holds.</summary>
    public void Found(BoundExpression.MapValue entry, Value value) => _found[entry] = value;

    /// <summary>What a condition governs begins. Known are the entries without which it would not hold, if their keys are the same when asked again.</summary>
    public void Enter(BoundExpression condition)
    {
        _depth++;
        foreach (var entry in EntriesOf(condition))
        {
            if (entry.Key is { } key && IsSteady(key) && _found.TryGetValue(entry, out var value)) _known.Add(new(entry, value, _depth));
        }

        _found.Clear();
    }

    /// <summary>What a condition governs ends.</summary>
    public void Leave()
    {
        _known.RemoveAll(k => k.Depth == _depth);
        _depth--;
    }

    /// <summary>What an entry holds, if that is known here.</summary>
    public Value? Find(BoundExpression.MapValue entry)
    {
        foreach (var (known, value, _) in _known)
        {
            if (known.Map == entry.Map && entry.Key is { } key && IsSame(known.Key!, key)) return value;
        }

        return null;
    }

    /// <summary>A map changes.</summary>
    public void Forget(MapSymbol map) => _known.RemoveAll(k => k.Entry.Map == map);

    /// <summary>A loop begins: in its rounds, maps that change at its end are asked for at its start.</summary>
    public void Clear() => _known.Clear();

    private static IEnumerable<BoundExpression.MapValue> EntriesOf(BoundExpression condition) => condition switch
    {
        BoundExpression.MapValue x => [x],
        BoundExpression.Call { Function.Name: MapFunctions.HasKey, Operands: [BoundExpression.MapValue x] } => [x],
        BoundExpression.Binary { Operator: SyntaxOperator.LogicalAnd } x => [.. EntriesOf(x.Left), .. EntriesOf(x.Right)],
        _ => [],
    };

    // Not variables, which a program may change, nor what is in somebody else's memory.
    private static bool IsSteady(BoundExpression key) => key switch
    {
        BoundExpression.Number or BoundExpression.Register => true,
        BoundExpression.Builtin x => x.What.IsSteady,
        BoundExpression.Field { Record: BoundExpression.Arguments } x => Binder.IsNumber(x.Type) && x.Member.Location is FieldLocation.Inline,
        BoundExpression.Cast x => IsSteady(x.Operand),
        BoundExpression.Tuple x => x.Elements.All(IsSteady),
        _ => false,
    };

    private static bool IsSame(BoundExpression one, BoundExpression other) => (one, other) switch
    {
        (BoundExpression.Number a, BoundExpression.Number b) => a.Value == b.Value && a.Type == b.Type,
        (BoundExpression.Register a, BoundExpression.Register b) => a.Index == b.Index && a.Type == b.Type,
        (BoundExpression.Builtin a, BoundExpression.Builtin b) => a.What == b.What,
        (BoundExpression.Field a, BoundExpression.Field b) => b.Record is BoundExpression.Arguments && a.Member == b.Member,
        (BoundExpression.Cast a, BoundExpression.Cast b) => a.Type == b.Type && IsSame(a.Operand, b.Operand),
        (BoundExpression.Tuple a, BoundExpression.Tuple b) => a.Elements.Length == b.Elements.Length && a.Elements.Zip(b.Elements).All(e => IsSame(e.First, e.Second)),
        _ => false,
    };

    private sealed record Known(BoundExpression.MapValue Entry, Value Value, int Depth);
}
