// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Types;

namespace Ruche.Trace.Lowering;

internal sealed partial class ProbeLowering
{
    // The kernel calls a function for each entry. It reaches the variables around the loop through the address of a frame that they are moved to.
    private void LowerForMap(BoundStatement.ForMap x)
    {
        var map = Script.StorageOf(x.Map);
        _knownEntries.Clear();
        int size = x.Captured.Sum(v => ValueLayout.Align(ValueLayout.SizeOf(v.Type), Word));
        StackSlot frame = new(Math.Max(Word, size), Word);
        _slots.Add(frame);
        int offset = 0;
        foreach (var variable in x.Captured)
        {
            Copy(new(frame, offset, Reach.Local), PlaceOf(variable), ValueLayout.SizeOf(variable.Type));
            offset += ValueLayout.Align(ValueLayout.SizeOf(variable.Type), Word);
        }

        string name = $"{_function.Name}_each{Script.Module.Functions.Count}";
        LowerCallback(name, x, map);
        Call(HelperId.ForEachMapElem, Map(map.KernelMap), Add(new FunctionAddress(name)), frame, Number(0));
        offset = 0;
        foreach (var variable in x.Captured)
        {
            Copy(PlaceOf(variable), new(frame, offset, Reach.Local), ValueLayout.SizeOf(variable.Type));
            offset += ValueLayout.Align(ValueLayout.SizeOf(variable.Type), Word);
        }
    }

    /// <summary>How many entries a map has: the kernel says how often it called a function that does nothing.</summary>
    public Value CountEntries(MapSymbol map)
    {
        const string Nothing = "each_entry";
        if (!Script.Module.Functions.Exists(f => f.Name == Nothing))
        {
            Function function = new(Nothing, IrType.I64);
            var entry = function.AddBlock("entry");
            var value = IrType.PointerTo(AddressSpace.Value);
            entry.Parameters.AddRange([new(IrType.I64), new(value), new(value), new(IrType.PointerTo(AddressSpace.Stack))]);
            entry.Add(new Return(Number(0)));
            Script.Module.Functions.Add(function);
        }

        StackSlot frame = new(Word, Word);
        _slots.Add(frame);
        return Call(HelperId.ForEachMapElem, Map(Script.StorageOf(map).KernelMap), Add(new FunctionAddress(Nothing)), frame, Number(0));
    }

    private void LowerCallback(string name, BoundStatement.ForMap x, MapStorage map)
    {
        Function function = new(name, IrType.I64);
        Script.Module.Functions.Add(function);
        ProbeLowering inner = new(Script, function, Probe);
        BlockParameter theMap = new(IrType.I64) { Name = "map" }, key = new(IrType.PointerTo(AddressSpace.Value)) { Name = "key" };
        BlockParameter value = new(IrType.PointerTo(AddressSpace.Value)) { Name = "value" }, frame = new(IrType.PointerTo(AddressSpace.Stack)) { Name = "frame" };
        inner._entry.Parameters.AddRange([theMap, key, value, frame]);
        int offset = 0;
        foreach (var variable in x.Captured)
        {
            inner._variables[variable] = new(frame, offset, Reach.Local);
            offset += ValueLayout.Align(ValueLayout.SizeOf(variable.Type), Word);
        }

        var start = inner._block;
        var stop = inner.NewBlock("stop");
        var entry = (TraceType.Tuple)x.Variable.Type;
        int[] offsets = ValueLayout.OffsetsOf(entry);
        var place = inner.PlaceOf(x.Variable);
        inner.Copy(place.Plus(offsets[0]), new(key, 0, Reach.Local), ValueLayout.SizeOf(map.Key));
        if (x.Map.Aggregation is { } aggregation) inner.Store(place.Plus(offsets[1]), inner.AggregateAt(map, key, aggregation), Word);
        else inner.Copy(place.Plus(offsets[1]), new(value, 0, Reach.Local), ValueLayout.SizeOf(map.Value));
        inner.LowerRound(x.Body, inner._done, stop);
        inner.JumpTo(inner._done);
        inner.EnterFresh(stop);
        inner.Add(new Return(Number(1)));
        inner.Finish(start);
    }

    private Value AggregateAt(MapStorage map, Value key, Aggregation aggregation)
    {
        var copy = Temporary(map.KeySize);
        Copy(copy, new(key, 0, Reach.Local), map.KeySize);
        VariableSymbol at = new("key", map.Key);
        _variables[at] = copy;
        return LowerAggregate(map, new BoundExpression.Variable(at, default), aggregation);
    }
}
