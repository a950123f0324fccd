// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Loads from and stores to the stack of this function or of a caller.</summary>
internal sealed class StackAccess(Walk walk)
{
    private bool MayReadUnwritten => walk.Profile.IsPrivileged;

    /// <summary>What a load gives; a spilled register comes back as it was.</summary>
    public Value Load(Value pointer, int offset, int size)
    {
        var frame = walk.Now.Frames[pointer.Frame];
        if (!pointer.Range.IsConstant)
        {
            CheckVariable(pointer);
            var (least, greatest) = Bounds(pointer, offset, size, isWrite: false);
            for (int at = least; at < greatest; at++) CheckWritten(frame, at);
            ReadSlots(frame, least, greatest);
            return LoadedBytes(frame, least, greatest - least);
        }

        int place = Place(pointer, offset);
        CheckPlace(pointer, place, size, isWrite: false);
        int index = StackPlace.SlotOf(place);
        frame.Read(index);
        var slot = frame.SlotAt(index);
        if (slot.IsDynamic) Walk.Reject(VerifierRules.DynamicObject, "a dynptr or iterator on the stack is read as if it were data", pointer);
        if (!slot.IsSpill)
        {
            for (int i = 0; i < size; i++) CheckWritten(frame, place + i);
            return LoadedBytes(frame, place, size);
        }

        walk.NoteStep();
        return LoadSpill(pointer, frame, slot, place, size);
    }

    /// <summary>A loaded value with as many bytes as were loaded.</summary>
    public Value Narrow(Value value, int size, bool isSigned)
    {
        if (!value.IsScalar || size == 8) return value;
        return value with { Range = isSigned ? value.Range.SignExtend(size) : value.Range.Truncate(size, walk.Profile.Reasoning) };
    }

    /// <summary>Stores a value; returns it.</summary>
    public Value Store(Value pointer, int offset, int size, Value value, Register? register)
    {
        var frame = walk.Now.Frames[pointer.Frame];
        if (pointer.Range.IsConstant)
        {
            int place = Place(pointer, offset);
            CheckPlace(pointer, place, size, isWrite: true);
            StoreAt(frame, place, size, value, register);
            return value;
        }

        CheckVariable(pointer);
        var (least, greatest) = Bounds(pointer, offset, size, isWrite: true);
        StoreSomewhere(frame, least, greatest, value);
        return value;
    }

    /// <summary>Checks memory given to a callee, and forgets what it may overwrite.</summary>
    public void CheckRegion(Value pointer, string name, long size, bool isWrite, bool isUninitialized, bool mayBeEmpty)
    {
        if (size == 0 && !mayBeEmpty) Walk.Reject(VerifierRules.SizeArgument, $"{name} is used with size 0, which is not allowed here", pointer);
        int least, greatest;
        if (pointer.Range.IsConstant)
        {
            least = Place(pointer, 0);
            if (size > 0 || least > 0) CheckPlace(pointer, least, size, isWrite);
            greatest = least + (int)size;
        }
        else
        {
            CheckVariable(pointer);
            (least, greatest) = Bounds(pointer, 0, (int)size, isWrite);
            isUninitialized = false;
        }

        var frame = walk.Now.Frames[pointer.Frame];
        for (int at = least; at < greatest; at++)
        {
            if (isUninitialized)
            {
                if (frame.SlotAt(StackPlace.SlotOf(at)).IsDynamic)
                    Walk.Reject(VerifierRules.DynamicObject, $"{name} makes a callee overwrite a dynptr or iterator on the stack", pointer);
                continue;
            }

            CheckWritten(frame, at);
        }

        if (!isUninitialized) ReadSlots(frame, least, greatest);
        if (isUninitialized) NoteStores(frame, least, greatest);
        // Before 6.13 nobody knew which helpers only read: any may have written.
        if (isWrite || isUninitialized) Overwrite(frame, least, greatest);
        else if (!walk.Profile.Has(6, 13)) Forget(frame, least, greatest);
    }

    /// <summary>The place an access starts at, from the frame pointer.</summary>
    public static int Place(Value pointer, int offset) => pointer.Offset + offset + (int)pointer.Range.Bits.Value;

    /// <summary>Notes how deep the stack of a function is used.</summary>
    public void Touch(Frame frame, int place)
    {
        int depth = walk.StackDepths.GetValueOrDefault(frame.Function);
        if (-place > depth) walk.StackDepths[frame.Function] = -place;
    }

    /// <summary>Ends what the kernel keeps in a slot, if anything, because it is overwritten.</summary>
    public void DestroyDynamic(Frame frame, int index)
    {
        var slot = frame.SlotAt(index);
        if (!slot.IsDynamic) return;
        var state = slot.Spilled!;
        if (state.Dynamic!.Kind is DynamicKind.Iterator or DynamicKind.InterruptFlags)
            return;
        if (state.Reference != 0)
        {
            bool isCloned = walk.Profile.Has(7, 0) && CountDynamicPointers(state.Reference) > 1;
            if (!isCloned) Walk.Reject(VerifierRules.DynamicObject, "a dynptr that holds a reference is overwritten", state, "submit, discard or release it first");
        }

        int other = state.Dynamic.IsFirst ? index - 1 : index + 1;
        Invalidate(state.Dynamic.Id);
        frame.Overwrite(index, StackSlot.Unwritten);
        if (other >= 0 && frame.SlotAt(other).Spilled?.Dynamic?.Id == state.Dynamic.Id) frame.Overwrite(other, StackSlot.Unwritten);
    }

    private int CountDynamicPointers(int reference)
    {
        int count = 0;
        foreach (var frame in walk.Now.Frames)
        {
            for (int i = 0; i < frame.SlotCount; i++)
            {
                if (frame.SlotAt(i) is { IsDynamic: true, Spilled: { Dynamic.IsFirst: true } spilled } && spilled.Reference == reference) count++;
            }
        }

        return count;
    }

    // Slices of a dynptr carry its number and die with it.
    private void Invalidate(int id) => walk.Now.Replace(v => v.Kind is ValueKind.Memory && v.MapInstance == id ? walk.Gone() : v);

    private void CheckVariable(Value pointer)
    {
        if (walk.Profile.IsPrivileged) return;
        Walk.Reject(VerifierRules.StackBounds, $"the offset {Describe.Range(pointer.Range)} into the stack must be known for a program without privileges", pointer);
    }

    private (int Least, int Greatest) Bounds(Value pointer, int offset, int size, bool isWrite)
    {
        if (pointer.Range.SignedGreatest >= PointerArithmetic.MaxOffset || pointer.Range.SignedLeast <= -PointerArithmetic.MaxOffset)
            Walk.Reject(VerifierRules.StackBounds, "the index into a buffer on the stack has no bound", pointer);
        long least = pointer.Offset + offset + pointer.Range.SignedLeast, greatest = pointer.Offset + offset + pointer.Range.SignedGreatest;
        if (least < StackPlace.Lowest || greatest + size > 0)
        {
            Walk.Reject(VerifierRules.StackBounds,
                $"{size} bytes are {(isWrite ? "written" : "read")} from {least}..{greatest} of the frame pointer, and the stack is -512..-1", pointer);
        }

        Touch(walk.Now.Frames[pointer.Frame], (int)least);
        return ((int)least, (int)greatest + size);
    }

    private void CheckPlace(Value pointer, int place, long size, bool isWrite)
    {
        if (place < StackPlace.Lowest || place + size > 0)
        {
            Walk.Reject(VerifierRules.StackBounds,
                $"{size} bytes are {(isWrite ? "written" : "read")} at {place} of the frame pointer, and the stack is -512..-1", pointer);
        }

        Touch(walk.Now.Frames[pointer.Frame], place);
    }

    private void CheckWritten(Frame frame, int place)
    {
        var slot = frame.SlotAt(StackPlace.SlotOf(place));
        var kind = slot[StackPlace.ByteOf(place)];
        if (kind is SlotByte.Misc or SlotByte.Zero) return;
        if (kind is SlotByte.Spill && (slot.Spilled!.IsScalar || walk.Profile.IsPrivileged)) return;
        if (kind is SlotByte.Unwritten && MayReadUnwritten && (walk.Profile.Has(6, 8) || StackPlace.SlotOf(place) < frame.WrittenSlots)) return;
        if (kind is SlotByte.Dynamic) Walk.Reject(VerifierRules.DynamicObject, $"byte {place} of the stack belongs to a dynptr or iterator, which only its helpers may touch");
        Walk.Reject(VerifierRules.StackUninitialized, $"byte {place} of the stack is read, and not written on this path");
    }

    private static void ReadSlots(Frame frame, int least, int greatest)
    {
        for (int at = least; at < greatest; at++)
        {
            int index = StackPlace.SlotOf(at);
            if (index >= 0 && (at == least || StackPlace.ByteOf(at) == 0)) frame.Read(index);
        }
    }

    private Value LoadedBytes(Frame frame, int place, int size)
    {
        int zeros = 0;
        for (int at = place; at < place + size; at++)
        {
            var slot = frame.SlotAt(StackPlace.SlotOf(at));
            var kind = slot[StackPlace.ByteOf(at)];
            if (kind is SlotByte.Zero) zeros++;
            else if (kind is SlotByte.Spill && slot.Spilled!.IsNull)
            {
                // Known only as far as the proof needs it.
                Walk.NeedExactly(slot.Spilled);
                zeros++;
            }
        }

        var origin = walk.Made(OriginKind.Load);
        if (zeros == size) return Value.Constant(0, origin);
        return Value.Scalar(size < 8 ? ScalarRange.OfBytes(size) : ScalarRange.Unknown, origin);
    }

    private Value LoadSpill(Value pointer, Frame frame, StackSlot slot, int place, int size)
    {
        var spilled = slot.Spilled!;
        int index = StackPlace.SlotOf(place), first = StackPlace.ByteOf(place);
        int stored = slot.IsWholeSpill ? 8 : SpillSize(slot);
        if (size == 8 && stored == 8)
        {
            if (spilled.IsScalar) spilled = Named(frame, index, slot);
            return spilled.IsScalar ? spilled with { Origin = walk.Made(OriginKind.Load, spilled) } : spilled;
        }

        if (!spilled.IsScalar) Walk.Reject(VerifierRules.StackBounds, $"a part of {Describe.Kind(spilled)} that was saved on the stack is read", pointer);
        bool isPart = size != stored;
        if (first == 0 && size <= stored && walk.Profile.Has(5, 16) && (!isPart || walk.Profile.Has(6, 9)))
        {
            bool fits = Width(spilled) <= size * 8;
            if (fits && !isPart) spilled = Named(frame, index, slot);
            var loaded = spilled with { Origin = walk.Made(OriginKind.Load, spilled) };
            return fits ? loaded : loaded with { Id = 0, Link = Value.LinkWidth.Equal, Delta = 0 };
        }

        for (int i = 0; i < size; i++) CheckWritten(frame, place + i);
        bool isAllSpill = true;
        for (int i = first; i < first + size && i < 8; i++) isAllSpill &= slot[i] is SlotByte.Spill;
        if (isAllSpill && spilled.IsNull) return Value.Constant(0, walk.Made(OriginKind.Load, spilled));
        return LoadedBytesWithoutSpills(frame, place, size);
    }

    private Value LoadedBytesWithoutSpills(Frame frame, int place, int size)
    {
        bool isZero = true;
        for (int at = place; at < place + size; at++) isZero &= frame.SlotAt(StackPlace.SlotOf(at))[StackPlace.ByteOf(at)] is SlotByte.Zero;
        var origin = walk.Made(OriginKind.Load);
        return isZero ? Value.Constant(0, origin) : Value.Scalar(ScalarRange.OfBytes(size), origin);
    }

    // The register and the slot hold the same number from here on.
    private Value Named(Frame frame, int index, StackSlot slot)
    {
        var spilled = slot.Spilled!;
        if (spilled.Id != 0 || spilled.IsConstant || !walk.Profile.Has(6, 9)) return spilled;
        spilled = spilled with { Id = walk.NewId() };
        frame.Change(index, slot.WithSpilled(spilled));
        return spilled;
    }

    private static int SpillSize(StackSlot slot)
    {
        int size = 0;
        while (size < 8 && slot[size] is SlotByte.Spill) size++;
        return size;
    }

    private static int Width(Value value) => 64 - System.Numerics.BitOperations.LeadingZeroCount(value.Range.Greatest);

    private void StoreAt(Frame frame, int place, int size, Value value, Register? register)
    {
        int index = StackPlace.SlotOf(place), first = StackPlace.ByteOf(place);
        var before = frame.SlotAt(index);
        if (!walk.Profile.IsPrivileged && size != 8 && before is { IsSpill: true, Spilled.IsPointer: true })
            Walk.Reject(VerifierRules.PointerLeak, "a pointer that was saved on the stack is overwritten in part");
        walk.Speculation.NoteStore(before, first, size, value);
        DestroyDynamic(frame, index);
        before = frame.SlotAt(index);
        if (before.IsDynamic) Walk.Reject(VerifierRules.DynamicObject, "an iterator or saved interrupt flags on the stack are overwritten");
        if (value.IsScalar && first == 0 && walk.Profile.IsPrivileged && (size == 8 || walk.Profile.Has(5, 16)) && IsKept(value))
        {
            walk.NoteStep();
            StoreNumber(frame, index, size, value, register, before);
        }
        else if (value.IsPointer)
        {
            if (size != 8) Walk.Reject(VerifierRules.StackBounds, $"only {size} bytes of {Describe.Kind(value)} are saved on the stack", value);
            if (!ReferenceEquals(frame, walk.Now.Top) && value.Kind is ValueKind.Stack)
                Walk.Reject(VerifierRules.StackBounds, "a pointer to the stack is stored in the stack of a caller", value);
            walk.NoteStep();
            frame.Overwrite(index, StackSlot.Spill(value, 8, before));
        }
        else
        {
            bool isZero = value.IsNull;
            if (isZero) Walk.NeedExactly(value);
            Put(frame, index, size, before.WithBytes(first, size, isZero ? SlotByte.Zero : SlotByte.Misc));
        }
    }

    // What is not kept as a number is bytes of something, or zeros.
    private bool IsKept(Value value) =>
        walk.Profile.Has(6, 9) || !value.Range.IsUnknown;

    private void StoreNumber(Frame frame, int index, int size, Value value, Register? register, StackSlot before)
    {
        bool fits = Width(value) <= size * 8;
        if (fits && register is { } source && value is { Id: 0, IsConstant: false } && walk.Profile.Has(6, 9))
        {
            value = value with { Id = walk.NewId() };
            walk.Now[source] = value;
        }

        // Before 6.9 what is learnt of a number is not learnt of a part of it on the stack.
        if (!fits || (size < 8 && !walk.Profile.Has(6, 9))) value = value with { Id = 0, Link = Value.LinkWidth.Equal, Delta = 0 };
        Put(frame, index, size, StackSlot.Spill(value, size, before));
    }

    private static void Put(Frame frame, int index, int size, StackSlot slot)
    {
        if (size == 8) frame.Overwrite(index, slot);
        else frame.Change(index, slot);
    }

    private void StoreSomewhere(Frame frame, int least, int greatest, Value value)
    {
        bool isZero = value.IsNull, usesZero = false;
        for (int at = least; at < greatest; at++)
        {
            int index = StackPlace.SlotOf(at), place = StackPlace.ByteOf(at);
            DestroyDynamic(frame, index);
            var slot = frame.SlotAt(index);
            if (slot.IsDynamic) Walk.Reject(VerifierRules.DynamicObject, "an iterator or saved interrupt flags on the stack may be overwritten");
            if (isZero && slot[place] is SlotByte.Spill && slot.Spilled!.IsNull || isZero && slot[place] is SlotByte.Zero)
            {
                usesZero = true;
                continue;
            }

            if (slot[place] is SlotByte.Unwritten && !MayReadUnwritten && !walk.Profile.IsPrivileged)
                Walk.Reject(VerifierRules.StackUninitialized, $"byte {at} of the stack may be written here, or may stay uninitialized");
            // Before 6.9 nothing is known any more of a spilled register that may be overwritten in part, not even that it was written.
            bool isLost = slot.Spilled is not null && !walk.Profile.Has(6, 9);
            frame.Change(index, isLost ? slot.WithSpilled(Value.Unwritten) : slot.WithBytes(place, 1, SlotByte.Misc));
        }

        if (usesZero) Walk.NeedExactly(value);
    }

    // A callee writes byte by byte.
    private void NoteStores(Frame frame, int least, int greatest)
    {
        if (walk.Profile.IsPrivileged) return;
        for (int at = least; at < greatest; at++)
        {
            var slot = frame.SlotAt(StackPlace.SlotOf(at));
            if (slot is { IsSpill: true, Spilled.IsPointer: true }) Walk.Reject(VerifierRules.PointerLeak, "a pointer that was saved on the stack is overwritten in part");
            walk.Speculation.NoteStore(slot, StackPlace.ByteOf(at), 1, Value.Unwritten);
        }
    }

    // A spilled register is forgotten whole, and of other bytes that they are zero.
    private void Forget(Frame frame, int least, int greatest)
    {
        for (int at = least; at < greatest; at++)
        {
            int index = StackPlace.SlotOf(at), place = StackPlace.ByteOf(at);
            var slot = frame.SlotAt(index);
            if (slot.IsDynamic || (slot.Spilled is { Kind: ValueKind.Btf } && !walk.Profile.Has(5, 11))) continue;
            if (slot.Spilled is not null) frame.Change(index, slot.Scrubbed());
            else if (slot[place] is SlotByte.Zero) frame.Change(index, slot.WithBytes(place, 1, SlotByte.Misc));
        }
    }

    private static void Overwrite(Frame frame, int least, int greatest)
    {
        for (int at = least; at < greatest;)
        {
            int index = StackPlace.SlotOf(at), first = StackPlace.ByteOf(at);
            int count = Math.Min(8 - first, greatest - at);
            var slot = frame.SlotAt(index);
            if (count == 8) frame.Overwrite(index, StackSlot.Misc);
            else frame.Change(index, slot.WithBytes(first, count, SlotByte.Misc));
            at += count;
        }
    }
}
