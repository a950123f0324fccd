// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Open-coded iterators on the stack: made, moved on, destroyed; and saved interrupt flags, which lie there likewise.</summary>
internal sealed class Iterators(Walk walk)
{
    /// <summary>Makes an iterator of a type at a place of the stack.</summary>
    public void Make(Value place, string name, string type, int size, bool isRcu)
    {
        var (frame, index, count) = PlaceOf(place, name, size);
        for (int i = 0; i < count; i++)
        {
            walk.Memory.Stack.DestroyDynamic(frame, index - i);
            if (frame.SlotAt(index - i).IsDynamic) Walk.Reject(VerifierRules.DynamicObject, $"{name} points to an iterator that is in use", place);
        }

        int id = walk.NewId();
        walk.Now.Acquire(new(ReferenceKind.Object, id, walk.Slot));
        Put(frame, index, count, id, new(DynamicKind.Iterator, id, IsFirst: true, TypeName: type), isRcu ? ValueFlags.Rcu : ValueFlags.Trusted);
    }

    /// <summary>Moves an iterator on: on one path it has ended, on another it gives one more.</summary>
    public Value Find(Value place, string name, string type, int size)
    {
        var (frame, index, count) = PlaceOf(place, name, size);
        for (int i = 0; i < count; i++)
        {
            frame.Read(index - i);
            if (frame.SlotAt(index - i) is { IsDynamic: true, Spilled.Dynamic: { Kind: DynamicKind.Iterator } state } slot && state.TypeName == type && state.IsFirst == (i == 0))
            {
                if ((slot.Spilled!.Flags & ValueFlags.Untrusted) != 0) Walk.Reject(VerifierRules.Sections, $"the iterator in {name} is used after the RCU section it was made in", place);
                continue;
            }

            Walk.Reject(VerifierRules.DynamicObject, $"{name} must point to an initialized {type}, and is {Describe.Value(place)}", place, "call the constructor first, on every path");
        }

        return frame.SlotAt(index).Spilled!;
    }

    /// <summary>Forks: the path at hand has seen the end, the other goes on with a result.</summary>
    public State? Advance(Value place, string name, string type, int size, Func<State, Value> result)
    {
        var iterator = Find(place, name, type, size);
        State? more = null;
        if (!iterator.Dynamic!.IsDrained)
        {
            var earlier = walk.EarlierAt(walk.Slot);
            more = walk.Fork(walk.Slot + 1);
            var (frame, index, count) = PlaceOf(place, name, size);
            var mine = more.Frames[frame.Number];
            Put(mine, index, count, iterator.Reference, iterator.Dynamic with { Depth = iterator.Dynamic.Depth + 1 }, iterator.Flags);
            if (earlier is not null) Widening.Widen(earlier, more, walk.Slot);
            for (var register = Register.R0; register <= Register.R5; register++) more[register] = Value.Unwritten;
            more[Register.R0] = result(more);
        }

        var (own, at, slots) = PlaceOf(place, name, size);
        Put(own, at, slots, iterator.Reference, iterator.Dynamic with { IsDrained = true }, iterator.Flags);
        return more;
    }

    /// <summary>Ends an iterator.</summary>
    public void Destroy(Value place, string name, string type, int size)
    {
        var iterator = Find(place, name, type, size);
        var (frame, index, count) = PlaceOf(place, name, size);
        if (!walk.Now.Release(iterator.Reference)) Walk.Reject(VerifierRules.ReferenceMisuse, "the iterator was destroyed before", iterator);
        for (int i = 0; i < count; i++) frame.Overwrite(index - i, StackSlot.Unwritten);
        walk.Now.Replace(v => v.Reference == iterator.Reference && v.Dynamic is null ? walk.Gone() : v);
    }

    /// <summary>Saves interrupt flags at a place of the stack.</summary>
    public void SaveInterrupts(Value place, string name, string family)
    {
        var (frame, index, _) = PlaceOf(place, name, StackSlot.Size);
        walk.Memory.Stack.DestroyDynamic(frame, index);
        if (frame.SlotAt(index).IsDynamic) Walk.Reject(VerifierRules.DynamicObject, $"{name} points to flags or an iterator in use", place);
        int id = walk.NewId();
        walk.Now.Acquire(new(ReferenceKind.InterruptFlags, id, walk.Slot));
        walk.Now.InterruptsSaved = id;
        Put(frame, index, 1, id, new(DynamicKind.InterruptFlags, id, IsFirst: true, TypeName: family), ValueFlags.None);
    }

    /// <summary>Restores them; those saved last come first.</summary>
    public void RestoreInterrupts(Value place, string name, string family)
    {
        var (frame, index, _) = PlaceOf(place, name, StackSlot.Size);
        if (frame.SlotAt(index) is not { IsDynamic: true, Spilled.Dynamic: { Kind: DynamicKind.InterruptFlags } state } || state.TypeName != family)
        {
            Walk.Reject(VerifierRules.DynamicObject, $"{name} must point to saved interrupt flags, and is {Describe.Value(place)}", place);
            return;
        }

        if (walk.Now.InterruptsSaved != state.Id) Walk.Reject(VerifierRules.Sections, "interrupt flags are restored in another order than they were saved", place);
        walk.Now.Release(state.Id);
        int last = Array.FindLastIndex(walk.Now.References, r => r.Kind is ReferenceKind.InterruptFlags);
        walk.Now.InterruptsSaved = last < 0 ? 0 : walk.Now.References[last].Id;
        frame.Overwrite(index, StackSlot.Unwritten);
    }

    private static void Put(Frame frame, int index, int count, int reference, DynamicState state, ValueFlags flags)
    {
        for (int i = 0; i < count; i++)
        {
            Value value = new() { Kind = ValueKind.DynamicPointer, Flags = i == 0 ? flags : ValueFlags.None, Reference = i == 0 ? reference : 0, Dynamic = state with { IsFirst = i == 0 } };
            frame.Change(index - i, StackSlot.Dynamic(value));
        }
    }

    private (Frame Frame, int Index, int Count) PlaceOf(Value place, string name, int size)
    {
        if (place.Kind is not ValueKind.Stack || !place.Range.IsConstant)
            Walk.Reject(VerifierRules.DynamicObject, $"{name} must point to the stack, and is {Describe.Value(place)}", place);
        int at = StackAccess.Place(place, 0), count = (size + StackSlot.Size - 1) / StackSlot.Size;
        if (at < StackPlace.Lowest || at + (count * StackSlot.Size) > 0 || StackPlace.ByteOf(at) != 0)
            Walk.Reject(VerifierRules.DynamicObject, $"{name} must point to {count * StackSlot.Size} aligned bytes of the stack, and points to {at} of the frame pointer", place);
        var frame = walk.Now.Frames[place.Frame];
        walk.Memory.Stack.Touch(frame, at);
        return (frame, StackPlace.SlotOf(at), count);
    }
}
