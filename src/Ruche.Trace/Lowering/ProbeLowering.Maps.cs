// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Types;
using BinaryOperator = Ruche.Bpf.Compiler.Ir.BinaryOperator;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Trace.Lowering;

internal sealed partial class ProbeLowering
{
    private const int Word = sizeof(ulong);
    private const int SignBit = 31;
    private const int OnlyNew = 1;

    /// <summary>A map's key in memory, as the kernel wants it.</summary>
    public Value KeyOf(MapStorage map, BoundExpression? key)
    {
        if (key is null)
        {
            var zero = Temporary(sizeof(uint), sizeof(uint));
            Store(zero, Number(0), sizeof(uint));
            return zero.Address;
        }

        // Where the verifier goes through all rounds of a loop, it forgets the number of one whose address a helper was given.
        bool canHandOut = CountsRounds || key is not BoundExpression.Variable { Symbol.Type: TraceType.Integer };
        if (canHandOut && key is BoundExpression.Variable { Symbol: var symbol } && symbol.Type == map.Key && map.KeySize == ValueLayout.SizeOf(map.Key)) return AddressOf(PlaceOf(symbol));
        var place = Temporary(map.KeySize);
        Write(key, place, map.Key);
        return AddressOf(place);
    }

    /// <summary>Where an entry's value is; null when there is none.</summary>
    public HelperCall Lookup(string map, Value key) => Add(new HelperCall(HelperId.MapLookupElem, IrType.PointerTo(AddressSpace.Value), Map(map), key));

    /// <summary>Sets an entry, once in a while; counts it when there is no room.</summary>
    public void Update(MapStorage map, Value key, Value value)
    {
        var result = Set(map, key, value);
        CountUp(map.FullCount, Extend(Add(new Binary(BinaryOperator.LShr, result, new Constant(result.Type, result.Type.Bits - 1))), isSigned: false));
    }

    // Counting writes to memory of all CPUs even if it adds nothing: not where every event comes by.
    private void UpdateOften(MapStorage map, Value key, Value value)
    {
        var result = Set(map, key, value);
        Block full = NewBlock("full"), end = NewBlock("end");
        Branch(Compare(Comparison.Less, result, new Constant(result.Type, 0)), full, end);
        EnterFresh(full);
        CountUp(map.FullCount);
        Enter(end);
    }

    // Below zero when there is no room, which older kernels say in 32 bits.
    private Value Set(MapStorage map, Value key, Value value)
    {
        var result = Call(HelperId.MapUpdateElem, Map(map.KernelMap), key, value, Number(0));
        return Script.Target.HasWideResults ? result : Add(new Convert(Conversion.Truncate, IrType.I32, result));
    }

    private static Value IsNull(ProbeLowering l, Value pointer) => l.Compare(Comparison.Equal, pointer, Number(0));

    private Place SharedPlace(MapStorage map) => new(Add(new GlobalAddress(SharedState.Map, map.Offset)), 0, Reach.Local);

    private void Assign(BoundExpression.MapValue target, BoundExpression value)
    {
        var map = Script.StorageOf(target.Map);
        if (map.IsShared)
        {
            // Read before it is written: the value may be made of the old one.
            if (Binder.IsNumber(map.Value))
            {
                var number = Lower(value);
                Store(SharedPlace(map), number, ValueLayout.SizeOf(map.Value));
            }
            else
            {
                Write(value, SharedPlace(map), map.Value);
            }

            Store(SharedPlace(map).Plus(-Word), Number(1), Word);
            return;
        }

        // @x[k] += n changes the entry where it is.
        if (value is BoundExpression.Binary { Operator: Syntax.BinaryOperator.Add, Left: BoundExpression.MapValue old } sum && old.Equals(target) && map.Value is TraceType.Integer)
        {
            StepEntry(target, Lower(sum.Right), Wanted.Nothing);
            return;
        }

        var key = KeyOf(map, target.Key);
        var place = Temporary(map.Value);
        Write(value, place, map.Value);
        UpdateOften(map, key, AddressOf(place));
        _knownEntries.Forget(target.Map);
    }

    private Value LowerEntry(BoundExpression.MapValue x)
    {
        var map = Script.StorageOf(x.Map);
        if (x.Map.Aggregation is { } aggregation) return LowerAggregate(map, x.Key, aggregation);
        if (map.IsShared) return Load(SharedPlace(map), map.Value);
        if (_knownEntries.Find(x) is { } known) return known;
        var found = Lookup(map.KernelMap, KeyOf(map, x.Key));
        Block missing = NewBlock("missing"), there = NewBlock("there");
        Branch(IsNull(this, found), missing, there);
        return Join(missing, () => Number(0), there, () => Load(new(found, 0, Reach.Local), map.Value));
    }

    private void BranchOnEntry(BoundExpression.MapValue x, Block then, Block otherwise)
    {
        var map = Script.StorageOf(x.Map);
        var found = Lookup(map.KernelMap, KeyOf(map, x.Key));
        var there = NewBlock("there");
        Branch(IsNull(this, found), otherwise, there);
        EnterFresh(there);
        var value = Load(new(found, 0, Reach.Local), map.Value);
        _knownEntries.Found(x, value);
        Branch(Compare(Comparison.NotEqual, value, Number(0)), then, otherwise);
    }

    private void BranchOnKey(BoundExpression.MapValue x, Block then, Block otherwise)
    {
        var map = Script.StorageOf(x.Map);
        var found = Lookup(map.KernelMap, KeyOf(map, x.Key));
        var there = NewBlock("there");
        Branch(IsNull(this, found), otherwise, there);
        EnterFresh(there);
        _knownEntries.Found(x, Load(new(found, 0, Reach.Local), map.Value));
        JumpTo(then);
    }

    private void WriteEntry(BoundExpression.MapValue x, Place to)
    {
        var map = Script.StorageOf(x.Map);
        int size = ValueLayout.SizeOf(map.Value);
        if (map.IsShared)
        {
            Copy(to, SharedPlace(map), size);
            return;
        }

        var found = Lookup(map.KernelMap, KeyOf(map, x.Key));
        Block missing = NewBlock("missing"), there = NewBlock("there"), end = NewBlock("end");
        Branch(IsNull(this, found), missing, there);
        EnterFresh(missing);
        Clear(to, size);
        JumpTo(end);
        EnterFresh(there);
        Copy(to, new(found, 0, Reach.Local), size);
        Enter(end);
    }

    // Other CPUs may count at the same time: the number changes in one step.
    private Value StepEntry(BoundExpression.MapValue x, Value by, Wanted wanted)
    {
        var map = Script.StorageOf(x.Map);
        if (map.IsShared)
        {
            var before = AddTo(SharedPlace(map), by, wanted);
            Store(SharedPlace(map).Plus(-Word), Number(1), Word);
            return before;
        }

        _knownEntries.Forget(x.Map);
        var key = KeyOf(map, x.Key);
        var found = Lookup(map.KernelMap, key);
        Block missing = NewBlock("missing"), there = NewBlock("there");
        Branch(IsNull(this, found), missing, there);
        return Join(
            there, () => AddTo(new(found, 0, Reach.Local), by, wanted),
            missing, () => AddEntry(map, key, by, wanted));
    }

    // Where another CPU was first, its entry is the one to change: in its place, a new one would take what was counted with it.
    private Value AddEntry(MapStorage map, Value key, Value by, Wanted wanted)
    {
        var first = Temporary(Word);
        Store(first, by, Word);
        var refused = Call(HelperId.MapUpdateElem, Map(map.KernelMap), key, AddressOf(first), Number(OnlyNew));
        Block added = NewBlock("added"), again = NewBlock("again"), there = NewBlock("there"), full = NewBlock("full");
        Branch(Compare(Comparison.Equal, refused, Number(0)), added, again);
        return Join(
            added, () => Result(),
            again, () =>
            {
                var found = Lookup(map.KernelMap, key);
                Branch(IsNull(this, found), full, there);
                return Join(
                    there, () => AddTo(new(found, 0, Reach.Local), by, wanted),
                    full, () =>
                    {
                        CountUp(map.FullCount);
                        return Result();
                    });
            });

        Value Result() => wanted is Wanted.New ? by : Number(0);
    }

    /// <summary>What somebody wants to know of a number that is changed.</summary>
    private enum Wanted
    {
        Nothing,
        Old,
        New,
    }

    // An older kernel cannot tell what stood there in the same step.
    private Value AddTo(Place place, Value by, Wanted wanted)
    {
        if (wanted is Wanted.Nothing)
        {
            Add(new Atomic(AtomicOperation.Add, place.Address, place.Offset, by));
            return Number(0);
        }

        Value old;
        if (Script.Target.HasFetchingAtomics)
        {
            old = Add(new Atomic(AtomicOperation.Add, place.Address, place.Offset, by));
        }
        else
        {
            old = Load(place, TraceType.Int64);
            Store(place, Combine(BinaryOperator.Add, old, by), Word);
        }

        return wanted is Wanted.Old ? old : Combine(BinaryOperator.Add, old, by);
    }

    /// <summary>Takes an entry out; yields whether there was one.</summary>
    public Value Delete(MapSymbol symbol, BoundExpression? key)
    {
        var map = Script.StorageOf(symbol);
        _knownEntries.Forget(symbol);
        if (!map.IsShared && symbol.HasKey is true)
            return Extend(Compare(Comparison.Equal, Call(HelperId.MapDeleteElem, Map(map.KernelMap), KeyOf(map, key)), Number(0)), isSigned: false);
        if (!map.IsShared) return Number(0);
        Clear(SharedPlace(map).Plus(-Word), Word + ValueLayout.SizeOf(map.Value));
        return Number(1);
    }

    /// <summary>Whether there is an entry.</summary>
    public Value Has(MapSymbol symbol, BoundExpression? key)
    {
        var map = Script.StorageOf(symbol);
        return map.IsShared ? Load(SharedPlace(map).Plus(-Word), TraceType.UInt64)
            : Extend(Compare(Comparison.NotEqual, Lookup(map.KernelMap, KeyOf(map, key)), Number(0)), isSigned: false);
    }

    // A map's own address is no number that the verifier lets programs count with; what was kept in memory is.
    private Value LowerMapAddress(MapStorage map)
    {
        if (map.IsShared) return AsNumber(Add(new GlobalAddress(SharedState.Map, map.Offset)));
        var kept = InScratch(Word);
        Store(kept, AsNumber(Map(map.KernelMap)), Word);
        return Load(kept, TraceType.UInt64);
    }
}
