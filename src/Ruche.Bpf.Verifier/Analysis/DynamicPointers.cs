// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Prototypes;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Dynptrs on the stack: made, used, and given back.</summary>
internal sealed class DynamicPointers(Walk walk)
{
    private const int Slots = 2;

    /// <summary>Checks the dynptr argument of a helper.</summary>
    public void CheckHelperArgument(HelperPrototype prototype, HelperArgument argument, Value value, string name, CallFacts facts)
    {
        string function = HelperCalls.NameOf(prototype.Id);
        if ((argument.Flags & ArgumentFlags.Uninitialized) != 0)
        {
            var kind = argument.TypeName is "ringbuf" ? DynamicKind.RingBufferDynamicPointer : DynamicKind.LocalDynamicPointer;
            Make(value, name, kind, isReadOnly: false, acquires: kind is DynamicKind.RingBufferDynamicPointer);
            return;
        }

        bool releases = (argument.Flags & ArgumentFlags.Releases) != 0;
        var found = Find(value, name, function);
        if (releases && value.Kind is ValueKind.DynamicPointer) Walk.Reject(VerifierRules.DynamicObject, $"{function} cannot be given a dynptr that the program did not make", value);
        if (argument.TypeName is "ringbuf" && found.Dynamic!.Kind is not DynamicKind.RingBufferDynamicPointer)
            Walk.Reject(VerifierRules.DynamicObject, $"{function} wants a dynptr to a ring buffer in {name}", value);
        if (argument.TypeName is "local" && found.Dynamic!.Kind is not DynamicKind.LocalDynamicPointer)
            Walk.Reject(VerifierRules.DynamicObject, $"{function} wants a dynptr to memory in {name}", value);
        facts.Dynamic = found;
        if (releases) Release(value, found);
    }

    /// <summary>Makes a dynptr at a place of the stack.</summary>
    public void Make(Value place, string name, DynamicKind kind, bool isReadOnly, bool acquires, int reference = 0)
    {
        if (place.Kind is not ValueKind.Stack || !place.Range.IsConstant)
            Walk.Reject(VerifierRules.DynamicObject, $"{name} must point to a dynptr on the stack, and is {Describe.Value(place)}", place);
        var frame = walk.Now.Frames[place.Frame];
        int index = IndexOf(place, name);
        for (int i = 0; i < Slots; i++)
        {
            if (frame.SlotAt(index - i).IsDynamic && !walk.Profile.Has(6, 3)) Walk.Reject(VerifierRules.DynamicObject, $"{name} points to a dynptr that is in use already", place);
            walk.Memory.Stack.DestroyDynamic(frame, index - i);
            if (frame.SlotAt(index - i).IsDynamic) Walk.Reject(VerifierRules.DynamicObject, $"{name} points to an iterator or saved interrupt flags", place);
        }

        int id = walk.NewId();
        if (acquires)
        {
            reference = walk.NewId();
            walk.Now.Acquire(new(ReferenceKind.Object, reference, walk.Slot));
        }

        for (int i = 0; i < Slots; i++)
        {
            var value = new Value { Kind = ValueKind.DynamicPointer, Reference = reference, Dynamic = new(kind, id, IsFirst: i == 0, IsReadOnly: isReadOnly) };
            frame.Overwrite(index - i, StackSlot.Dynamic(value));
        }

        walk.Memory.Stack.Touch(frame, -(index + 1) * StackSlot.Size);
    }

    /// <summary>The dynptr that a pointer points to.</summary>
    public Value Find(Value place, string name, string function)
    {
        if (place.Kind is ValueKind.DynamicPointer && place.Offset == 0 && place.Range.IsZero) return place;
        if (place.Kind is ValueKind.Stack && place.Range.IsConstant)
        {
            var frame = walk.Now.Frames[place.Frame];
            int at = StackAccess.Place(place, 0);
            int index = StackPlace.SlotOf(at);
            if (StackPlace.ByteOf(at) == 0 && index >= 1 && frame.SlotAt(index) is { IsDynamic: true, Spilled.Dynamic: { IsFirst: true, Kind: not (DynamicKind.Iterator or DynamicKind.InterruptFlags) } } slot)
            {
                frame.Read(index);
                frame.Read(index - 1);
                return slot.Spilled!;
            }
        }

        Walk.Reject(VerifierRules.DynamicObject, $"{function} wants an initialized dynptr in {name}, and gets {Describe.Value(place)}", place);
        return place;
    }

    private void Release(Value place, Value found)
    {
        var frame = walk.Now.Frames[place.Frame];
        int index = StackPlace.SlotOf(StackAccess.Place(place, 0));
        int reference = found.Reference, id = found.Dynamic!.Id;
        if (reference == 0)
        {
            frame.Overwrite(index, StackSlot.Unwritten);
            frame.Overwrite(index - 1, StackSlot.Unwritten);
            walk.Now.Replace(v => v.Kind is ValueKind.Memory && v.MapInstance == id ? walk.Gone() : v);
            return;
        }

        if (!walk.Now.Release(reference)) Walk.Reject(VerifierRules.ReferenceMisuse, "the dynptr was released before", found);
        // Clones share the reference, and die with it; so do the slices of all of them.
        foreach (var other in walk.Now.Frames)
        {
            for (int i = 0; i < other.SlotCount; i++)
            {
                if (other.SlotAt(i) is { IsDynamic: true } slot && slot.Spilled!.Reference == reference) other.Overwrite(i, StackSlot.Unwritten);
            }
        }

        walk.Now.Replace(v => v.Reference == reference && v.Dynamic is null ? walk.Gone() : v);
    }

    private static int IndexOf(Value place, string name)
    {
        int at = StackAccess.Place(place, 0);
        if (at < StackPlace.Lowest || at > -Slots * StackSlot.Size || StackPlace.ByteOf(at) != 0)
            Walk.Reject(VerifierRules.DynamicObject, $"{name} must point to {Slots * StackSlot.Size} aligned bytes of the stack, and points to {at} of the frame pointer", place);
        return StackPlace.SlotOf(at);
    }
}
