// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Functions;
using Ruche.Trace.Types;
using BinaryOperator = Ruche.Bpf.Compiler.Ir.BinaryOperator;

namespace Ruche.Trace.Lowering;

internal sealed partial class ProbeLowering
{
    // Each CPU has values of its own, so nobody else changes them meanwhile.
    private void Aggregate(BoundStatement.Aggregate x)
    {
        var map = Script.StorageOf(x.Target.Map);
        var aggregation = x.Target.Map.Aggregation!;
        var value = x.Value is null ? Number(1) : Lower(x.Value);
        if (aggregation is Aggregation.Series series)
        {
            KeepInSeries(map, x.Target.Key, series, value);
            return;
        }

        if (aggregation.IsHistogram)
        {
            CountInBucket(map, x.Target.Key, aggregation, value);
            return;
        }

        var key = KeyOf(map, x.Target.Key);
        var found = Lookup(map.KernelMap, key);
        Block missing = NewBlock("missing"), there = NewBlock("there"), end = NewBlock("end");
        Branch(IsNull(this, found), map.Map.HasKey is true ? missing : end, there);
        EnterFresh(there);
        Accumulate(new(found, 0, Reach.Local), aggregation, value);
        if (map.Map.HasKey is not true)
        {
            if (aggregation is Aggregation.Sum) Store(new(found, Word, Reach.Local), Number(1), Word);
            Enter(end);
            return;
        }

        JumpTo(end);
        EnterFresh(missing);
        if (aggregation is Aggregation.Count)
        {
            Update(map, key, One());
            Enter(end);
            return;
        }

        var first = Temporary(map.ValueSize);
        Store(first, value, Word);
        if (aggregation.Words > 1) Store(first.Plus(Word), Number(1), Word);
        Update(map, key, AddressOf(first));
        Enter(end);
    }

    private void Accumulate(Place place, Aggregation aggregation, Value value)
    {
        var old = Load(place, TraceType.UInt64);
        switch (aggregation)
        {
            case Aggregation.Count or Aggregation.Sum:
                Store(place, Combine(BinaryOperator.Add, old, value), Word);
                break;
            case Aggregation.Average or Aggregation.Statistics:
                Store(place, Combine(BinaryOperator.Add, old, value), Word);
                Store(place.Plus(Word), Combine(BinaryOperator.Add, Load(place.Plus(Word), TraceType.UInt64), Number(1)), Word);
                break;
            case Aggregation.Minimum or Aggregation.Maximum:
                Block compare = NewBlock("compare"), take = NewBlock("take"), end = NewBlock("end");
                Branch(Compare(Comparison.Equal, Load(place.Plus(Word), TraceType.UInt64), Number(0)), take, compare);
                EnterFresh(compare);
                Branch(Compare(RelationOf(aggregation), value, old), take, end);
                EnterFresh(take);
                Store(place, value, Word);
                Store(place.Plus(Word), Number(1), Word);
                Enter(end);
                break;
            default: throw new UnreachableException($"no case for {aggregation.GetType().Name}");
        }
    }

    private static Comparison RelationOf(Aggregation aggregation) => aggregation switch
    {
        Aggregation.Minimum { IsSigned: true } => Comparison.Less,
        Aggregation.Minimum => Comparison.Below,
        Aggregation.Maximum { IsSigned: true } => Comparison.Greater,
        _ => Comparison.Above,
    };

    private void CountInBucket(MapStorage map, BoundExpression? key, Aggregation aggregation, Value value)
    {
        var bucket = aggregation is Aggregation.Linear linear ? LinearBucket(linear, value) : LogBucket(((Aggregation.Log2)aggregation).Bits, value);
        if (key is null)
        {
            var all = Lookup(map.KernelMap, KeyOf(map, null));
            Block there = NewBlock("there"), end = NewBlock("end");
            Branch(IsNull(this, all), end, there);
            EnterFresh(there);

            // The verifier must see that it is one of them.
            var inside = NewBlock("inside");
            Branch(Compare(Comparison.Below, bucket, Number(aggregation.Words)), inside, end);
            EnterFresh(inside);
            Place place = new(Add(new Binary(BinaryOperator.Add, all, Combine(BinaryOperator.Mul, bucket, Number(Word)))), 0, Reach.Local);
            Store(place, Combine(BinaryOperator.Add, Load(place, TraceType.UInt64), Number(1)), Word);
            Enter(end);
            return;
        }

        var full = DividedKey(map, key, bucket);
        var found = Lookup(map.KernelMap, AddressOf(full));
        Block missing = NewBlock("missing"), known = NewBlock("known"), done = NewBlock("end");
        Branch(IsNull(this, found), missing, known);
        EnterFresh(known);
        Accumulate(new(found, 0, Reach.Local), new Aggregation.Count(), Number(1));
        JumpTo(done);
        EnterFresh(missing);
        Update(map, AddressOf(full), One());
        Enter(done);
    }

    // The entry of an interval that is over serves the one that takes its place.
    private void KeepInSeries(MapStorage map, BoundExpression? key, Aggregation.Series series, Value value)
    {
        var now = TraceBuiltins.Now(this);
        var interval = Combine(BinaryOperator.UDiv, Combine(BinaryOperator.Add, now, Shared(SharedState.BootedAt)), Number(series.Interval));
        var full = DividedKey(map, key, Combine(BinaryOperator.URem, interval, Number(series.Most)));
        var counted = series.Kind is SeriesKind.Last ? now : Number(1);
        var found = Lookup(map.KernelMap, AddressOf(full));
        Block missing = NewBlock("missing"), known = NewBlock("known"), same = NewBlock("same"), over = NewBlock("over"), end = NewBlock("end");
        Branch(IsNull(this, found), missing, known);
        EnterFresh(known);
        Place entry = new(found, 0, Reach.Local);
        Branch(Compare(Comparison.Equal, Load(entry, TraceType.UInt64), interval), same, over);
        EnterFresh(same);
        if (series.Kind is SeriesKind.Last) Begin(entry);
        else Accumulate(entry.Plus(Word), series.PerInterval, value);
        JumpTo(end);
        EnterFresh(over);
        Begin(entry);
        JumpTo(end);
        EnterFresh(missing);
        var first = Temporary(map.ValueSize);
        Begin(first);
        Update(map, AddressOf(full), AddressOf(first));
        Enter(end);

        void Begin(Place place)
        {
            Store(place, interval, Word);
            Store(place.Plus(Word), value, Word);
            Store(place.Plus(2 * Word), counted, Word);
        }
    }

    // The key, and behind it which part of the value the entry is for.
    private Place DividedKey(MapStorage map, BoundExpression? key, Value part)
    {
        var full = Temporary(map.KeySize);
        if (key is not null) Write(key, full, map.Key);
        int used = key is null ? 0 : ValueLayout.SizeOf(map.Key);
        Clear(full.Plus(used), map.KeySize - Word - used);
        Store(full.Plus(map.KeySize - Word), part, Word);
        return full;
    }

    // What counting begins with.
    private GlobalAddress One() => Add(new GlobalAddress(SharedState.Map, SharedState.One));

    // Below the range 0, beyond it the last.
    private Value LinearBucket(Aggregation.Linear x, Value value)
    {
        Block below = NewBlock("below"), above = NewBlock("reaches"), inside = NewBlock("inside"), beyond = NewBlock("beyond");
        Branch(Compare(Comparison.Less, value, Number(x.From)), below, above);
        return Join(below, () => Number(0), above, () =>
        {
            long end = x.From + ((x.Words - 2) * x.Step);
            Branch(Compare(Comparison.Less, value, Number(end)), inside, beyond);
            return Join(
                inside, () => Combine(BinaryOperator.Add, Combine(BinaryOperator.UDiv, Combine(BinaryOperator.Sub, value, Number(x.From)), Number(x.Step)), Number(1)),
                beyond, () => Number(x.Words - 1));
        });
    }

    // As LogBuckets.Of has it. The power of two is found in six steps, each for half as many bits as the one before.
    private Value LogBucket(int bits, Value value)
    {
        Block negative = NewBlock("negative"), positive = NewBlock("positive"), small = NewBlock("small"), large = NewBlock("large");
        Branch(Compare(Comparison.Less, value, Number(0)), negative, positive);
        return Join(negative, () => Number(0), positive, () =>
        {
            Branch(Compare(Comparison.Below, value, Number(1L << bits)), small, large);
            return Join(small, () => Combine(BinaryOperator.Add, value, Number(1)), large, () => PowerBucket(bits, value));
        });
    }

    private Value PowerBucket(int bits, Value value)
    {
        Value rest = value, power = Number(0);
        foreach (int step in (int[])[32, 16, 8, 4, 2])
        {
            Block shift = NewBlock("shift"), next = NewBlock("next");
            BlockParameter restHere = new(IrType.I64), powerHere = new(IrType.I64);
            next.Parameters.AddRange([restHere, powerHere]);
            var before = (rest, power);
            Add(new Branch(Compare(Comparison.AboveOrEqual, rest, Number(1L << step)), new(shift), new(next, rest, power)));
            EnterFresh(shift);
            var shifted = Combine(BinaryOperator.LShr, before.rest, Number(step));
            var raised = Combine(BinaryOperator.Or, before.power, Number(step));
            Add(new Jump(new(next, shifted, raised)));
            EnterFresh(next);
            (rest, power) = (restHere, powerHere);
        }

        // What is left is 1 to 3.
        power = Combine(BinaryOperator.Add, power, Combine(BinaryOperator.LShr, rest, Number(1)));
        if (bits == 0) return Combine(BinaryOperator.Add, power, Number(2));
        var distance = Combine(BinaryOperator.Sub, power, Number(bits));
        var part = Combine(BinaryOperator.And, Combine(BinaryOperator.LShr, value, distance), Number((1L << bits) - 1));
        var start = Combine(BinaryOperator.Shl, Combine(BinaryOperator.Add, distance, Number(1)), Number(bits));
        return Combine(BinaryOperator.Add, Combine(BinaryOperator.Add, start, part), Number(1));
    }

    // What an aggregate comes to now, over all CPUs.
    private Value LowerAggregate(MapStorage map, BoundExpression? key, Aggregation aggregation)
    {
        var keyPlace = KeyOf(map, key);
        Place total = Temporary(2 * Word);
        Clear(total, 2 * Word);
        var cpu = Round();
        Store(cpu, Number(0), Word);
        Block head = NewBlock("cpus"), body = NewBlock("cpu"), there = NewBlock("there"), next = NewBlock("next"), end = NewBlock("end");
        Enter(head);
        var number = Load(cpu, TraceType.UInt64);
        Branch(Compare(Comparison.Below, number, Number(Script.Options.CpuCount)), body, end);
        EnterFresh(body);
        var found = Add(new HelperCall(HelperId.MapLookupPercpuElem, IrType.PointerTo(AddressSpace.Value), Map(map.KernelMap), keyPlace, number));
        Branch(IsNull(this, found), next, there);
        EnterFresh(there);
        Merge(total, new(found, 0, Reach.Local), aggregation);
        Enter(next);
        Store(cpu, Combine(BinaryOperator.Add, Load(cpu, TraceType.UInt64), Number(1)), Word);
        JumpTo(head);
        EnterFresh(end);
        return aggregation switch
        {
            Aggregation.Average { IsSigned: true } or Aggregation.Statistics { IsSigned: true } => Combine(BinaryOperator.SDiv, Load(total, TraceType.Int64), Load(total.Plus(Word), TraceType.Int64)),
            Aggregation.Average or Aggregation.Statistics => Combine(BinaryOperator.UDiv, Load(total, TraceType.Int64), Load(total.Plus(Word), TraceType.Int64)),
            _ => Load(total, TraceType.Int64),
        };
    }

    private void Merge(Place total, Place part, Aggregation aggregation)
    {
        if (aggregation is Aggregation.Minimum or Aggregation.Maximum)
        {
            Block set = NewBlock("set"), end = NewBlock("end");
            Branch(Compare(Comparison.Equal, Load(part.Plus(Word), TraceType.UInt64), Number(0)), end, set);
            EnterFresh(set);
            Accumulate(total, aggregation, Load(part, TraceType.Int64));
            Enter(end);
            return;
        }

        Store(total, Combine(BinaryOperator.Add, Load(total, TraceType.Int64), Load(part, TraceType.Int64)), Word);
        if (aggregation.Words > 1) Store(total.Plus(Word), Combine(BinaryOperator.Add, Load(total.Plus(Word), TraceType.Int64), Load(part.Plus(Word), TraceType.Int64)), Word);
    }
}
