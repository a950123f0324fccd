// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Allocation;
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Removes stores into slots that are written again, or are gone, before anybody reads them. Of a slot it is known who reads it while its address goes into
/// loads, stores and calls only; a call that does something unknown there reads all of it. The verifier asks of no byte
/// more than that: it wants written what a load or a helper reads.
/// </summary>
internal sealed class DeadStoreRemoval
{
    private readonly Module _module;
    private readonly TargetProfile _target;
    private readonly ControlFlow _flow;
    private readonly Dictionary<StackSlot, int> _starts = new(ReferenceEqualityComparer.Instance);
    private readonly NumberSet[] _liveAtStart;
    private readonly int _bytes;

    private DeadStoreRemoval(Module module, Function function, TargetProfile target)
    {
        (_module, _target, _flow) = (module, target, new(function));
        foreach (var slot in KnownSlots(function))
        {
            _starts.Add(slot, _bytes);
            _bytes += slot.Size;
        }

        _liveAtStart = [.. _flow.Order.Select(_ => new NumberSet(_bytes))];
    }

    public static void Run(Module module, Function function, TargetProfile target)
    {
        if (!function.Operations.Any(o => o is Store store && SlotPlace.Behind(store.Address) is not null)) return;
        DeadStoreRemoval removal = new(module, function, target);
        if (removal._starts.Count > 0) removal.Run();
    }

    private void Run()
    {
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (var block in Enumerable.Reverse(_flow.Order))
            {
                var live = LiveAtEnd(block);
                for (int i = block.Operations.Count - 1; i >= 0; i--) Pass(block.Operations[i], live);
                int before = _liveAtStart[block.Number].Count;
                _liveAtStart[block.Number].UnionWith(live);
                changed |= _liveAtStart[block.Number].Count != before;
            }
        }

        foreach (var block in _flow.Order) Remove(block);
    }

    private void Remove(Block block)
    {
        var live = LiveAtEnd(block);
        for (int i = block.Operations.Count - 1; i >= 0; i--)
        {
            if (block.Operations[i] is Store store && IsDead(store, live)) block.Operations.RemoveAt(i);
            else Pass(block.Operations[i], live);
        }
    }

    private NumberSet LiveAtEnd(Block block)
    {
        NumberSet live = new(_bytes);
        foreach (var edge in block.Terminator.Edges) live.UnionWith(_liveAtStart[edge.Target.Number]);
        return live;
    }

    private bool IsDead(Store store, NumberSet live)
    {
        if (PlaceOf(store.Address, store.Offset, store.Value.Type.Bytes) is not var (start, end)) return false;
        for (int i = start; i < end; i++)
        {
            if (live.Contains(i)) return false;
        }

        // What lies outside of its slot is for the verifier to refuse.
        return end - start == store.Value.Type.Bytes;
    }

    // Backwards: what is written here was not read before, what is read here was.
    private void Pass(Operation operation, NumberSet live)
    {
        switch (operation)
        {
            case Store store:
                Mark(PlaceOf(store.Address, store.Offset, store.Value.Type.Bytes), live, isRead: false);
                break;
            case Load load:
                Mark(PlaceOf(load.Address, load.Offset, load.Type.Bytes), live, isRead: true);
                break;
            case HelperCall call:
                for (int i = 0; i < call.Operands.Count; i++)
                {
                    if (HelperMemory.IsFilled(call, i, _target) && HelperMemory.BytesOf(_module, call, i) is { } filled) Mark(PlaceOf(call.Operands[i], 0, filled), live, isRead: false);
                }

                for (int i = 0; i < call.Operands.Count; i++)
                {
                    if (HelperMemory.BytesOf(_module, call, i) is not { } bytes) Mark(AllOf(call.Operands[i]), live, isRead: true);
                    else if (!HelperMemory.IsFilled(call, i, _target)) Mark(PlaceOf(call.Operands[i], 0, bytes), live, isRead: true);
                }

                break;
            case KernelCall or LocalCall:
                foreach (var operand in operation.Operands) Mark(AllOf(operand), live, isRead: true);
                break;
        }
    }

    private static void Mark((int Start, int End)? place, NumberSet live, bool isRead)
    {
        if (place is not var (start, end)) return;
        for (int i = start; i < end; i++)
        {
            if (isRead) live.Add(i);
            else live.Remove(i);
        }
    }

    private (int Start, int End)? PlaceOf(Value address, int offset, int bytes)
    {
        if (SlotPlace.Behind(address) is not var (slot, distance) || !_starts.TryGetValue(slot, out int start)) return null;
        int from = Math.Clamp(distance + offset, 0, slot.Size), to = Math.Clamp(distance + offset + bytes, 0, slot.Size);
        return (start + from, start + to);
    }

    private (int Start, int End)? AllOf(Value address) =>
        SlotPlace.Behind(address) is var (slot, _) && _starts.TryGetValue(slot, out int start) ? (start, start + slot.Size) : null;

    private static HashSet<StackSlot> KnownSlots(Function function)
    {
        HashSet<StackSlot> known = new(ReferenceEqualityComparer.Instance);
        foreach (var block in function.Blocks) known.UnionWith(block.Operations.OfType<StackSlot>());
        foreach (var operation in function.Operations)
        {
            for (int i = 0; i < operation.Operands.Count; i++)
            {
                if (SlotPlace.Behind(operation.Operands[i]) is var (slot, _) && !IsFollowed(operation, i)) known.Remove(slot);
            }

            if (operation is not Terminator end) continue;
            foreach (var edge in end.Edges)
            {
                foreach (var argument in edge.Arguments)
                {
                    if (SlotPlace.Behind(argument) is var (slot, _)) known.Remove(slot);
                }
            }
        }

        return known;
    }

    // An address that is stored, compared or computed with may come back by another way.
    private static bool IsFollowed(Operation user, int operand) => user switch
    {
        Load or HelperCall or KernelCall or LocalCall => true,
        Store => operand == 0,
        Binary sum => SlotPlace.Behind(sum) is not null,
        _ => false,
    };
}
