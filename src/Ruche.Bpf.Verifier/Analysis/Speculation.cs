// SPDX-License-Identifier: MIT
using System.Collections;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>
/// What a processor may do before it knows better, followed for programs without privileges: the way that a condition excludes, with operands
/// that may be anything; and a pointer to which, for a number out of its range, nothing is added. Where such a path breaks a rule, the kernel
/// (from 6.17 on) puts a barrier that speculation does not pass, and the path ends there; older ones refuse.
/// </summary>
internal sealed class Speculation(Walk walk)
{
    private readonly BitArray _barriers = new(walk.Program.Instructions.Length);
    private readonly BitArray _storeBarriers = new(walk.Program.Instructions.Length);
    private readonly Dictionary<int, Mask> _masks = [];
    private readonly Dictionary<int, ProgramMap> _tailCallMaps = [];
    private int _mixedTailCall = -1;

    /// <summary>Whether masks of numbers that are not known were made: then only states alike in all numbers are alike.</summary>
    public bool DependsOnNumbers { get; private set; }

    private bool IsFollowed => !walk.Profile.IsPrivileged;

    private bool HasBarriers => walk.Profile.Has(6, 17);

    /// <summary>Whether the path at hand is a speculated one that a barrier ends before the instruction.</summary>
    public bool EndsBefore => walk.Now.IsSpeculative && _barriers[walk.Slot];

    /// <summary>Whether the path at hand is a speculated one that a barrier ends behind the instruction at a slot.</summary>
    public bool EndsBehind(int slot) => walk.Now.IsSpeculative && _storeBarriers[slot];

    /// <summary>Whether a barrier makes a broken rule harmless, because only a speculated path breaks it; puts it there.</summary>
    public bool Stops(RejectedException rejected)
    {
        if (!walk.Now.IsSpeculative || !HasBarriers || rejected.Rule == VerifierRules.TooComplex) return false;
        _barriers[walk.Slot] = true;
        _masks.Remove(walk.Slot);
        return true;
    }

    /// <summary>Leaves the way that a condition excludes to be looked at: its operands may be anything there.</summary>
    public void FollowExcluded(Instruction x, int slot)
    {
        if (!IsFollowed) return;
        var state = Push(slot);
        state[x.Destination] = walk.Unknown(OriginKind.Comparison);
        if (x.UsesRegister) state[x.Source] = walk.Unknown(OriginKind.Comparison);
    }

    /// <summary>Notes a store into bytes of the stack that held nothing or a register: a load after it may be given what was there before.</summary>
    public void NoteStore(StackSlot before, int first, int size, Value stored)
    {
        if (!IsFollowed || !HasBarriers) return;
        bool isRisky = stored.IsPointer;
        for (int i = first; i < first + size; i++) isRisky |= before[i] is not (SlotByte.Misc or SlotByte.Zero);
        if (isRisky) _storeBarriers[walk.Slot] = true;
    }

    /// <summary>Notes a sum or difference of two numbers, which needs no mask: another path must not need one there.</summary>
    public void NoteNumbers(Instruction x)
    {
        if (IsMasked(x)) Agree(x, new(MaskKind.None, 0));
    }

    /// <summary>
    /// Finds the mask that keeps a number within its range when it is added to a pointer or taken away, and leaves the path to be looked at
    /// on which the mask has made it zero. Null when there is no need for one.
    /// </summary>
    public Mask? Before(Instruction x, Value pointer, Value offset)
    {
        if (!IsMasked(x)) return null;
        bool isNegative = offset.Range.SignedLeast < 0;
        bool isLeft = x.AluOperation is AluOperation.Add == isNegative;
        Mask? mask = null;
        if (!walk.Now.IsSpeculative)
        {
            if (!offset.IsConstant && isNegative != offset.Range.SignedGreatest < 0)
            {
                Walk.Reject(VerifierRules.PointerArithmetic,
                    $"the number added to {Describe.Kind(pointer)} may be negative or not ({Describe.Range(offset.Range)}), which a program without privileges must have tested", offset);
            }

            var kind = (isNegative ? MaskKind.Negative : 0) | (offset.IsConstant ? MaskKind.Constant : 0)
                | (walk.Now[x.Destination].IsPointer ? MaskKind.Source : MaskKind.Destination) | (isLeft ? MaskKind.Left : 0);
            mask = new(kind, Limit(pointer, isLeft));
            DependsOnNumbers |= !offset.IsConstant;
        }

        if (!offset.IsConstant) Push(walk.Slot + 1)[x.Destination] = pointer;
        return mask;
    }

    /// <summary>Holds the mask against those of other paths, now that it is known how far the pointer has moved.</summary>
    public void After(Instruction x, Value moved, Mask? mask)
    {
        if (mask is { } known) Agree(x, new(known.Kind & ~MaskKind.Left, Math.Abs((int)(known.Limit - Limit(moved, (known.Kind & MaskKind.Left) != 0)))));
    }

    /// <summary>Pointers must stay within what they point to, since nothing else keeps speculated accesses within it.</summary>
    public void CheckReach(Value moved, Register register)
    {
        if (!IsFollowed) return;
        string name = Describe.Name(register);
        if (moved.Kind is ValueKind.MapValue) MemoryAccess.CheckMapValue(moved, name, 0, 1, mayBeEmpty: false, isByHelper: true);
        if (moved.Kind is not ValueKind.Stack) return;
        if (!moved.Range.IsConstant)
            Walk.Reject(VerifierRules.StackBounds, $"the offset {Describe.Range(moved.Range)} into the stack must be known for a program without privileges", moved);
        int place = StackAccess.Place(moved, 0);
        if (place is < StackPlace.Lowest or >= 0)
            Walk.Reject(VerifierRules.PointerArithmetic, $"{name} is moved to {place} of the frame pointer, and the stack is -512..-1", moved);
    }

    /// <summary>Notes which table a tail call goes through.</summary>
    public void NoteTailCall(ProgramMap map)
    {
        if (IsFollowed && !_tailCallMaps.TryAdd(walk.Slot, map) && _tailCallMaps[walk.Slot] != map) _mixedTailCall = walk.Slot;
    }

    /// <summary>Checks what only all paths together tell: a tail call's index is masked for one table.</summary>
    public void CheckTailCalls()
    {
        if (_mixedTailCall >= 0)
            throw new RejectedException(VerifierRules.Argument, "paths come to one tail call with different tables, which a program without privileges must not", slot: _mixedTailCall);
    }

    // Constants are part of the code, so nothing can be guessed about them.
    private bool IsMasked(Instruction x) =>
        IsFollowed && x.UsesRegister && x.AluOperation is AluOperation.Add or AluOperation.Sub && !_barriers[walk.Slot];

    private State Push(int slot)
    {
        var state = walk.Fork(slot);
        state.IsSpeculative = true;
        return state;
    }

    private static long Limit(Value pointer, bool isLeft)
    {
        (long limit, long size) = pointer.Kind switch
        {
            ValueKind.Stack => (-(long)StackAccess.Place(pointer, 0), 512 + (isLeft ? 1 : 0)),
            ValueKind.MapValue => (pointer.Offset + (isLeft ? pointer.Range.SignedLeast : (long)pointer.Range.Greatest), pointer.Map!.Spec.ValueSize),
            _ => RejectKind(pointer),
        };
        if ((uint)limit >= size)
            Walk.Reject(VerifierRules.PointerArithmetic, $"{Describe.Value(pointer)} lies beyond its bounds before anything is added to it", pointer);
        return (uint)limit;
    }

    private static (long Limit, long Size) RejectKind(Value pointer)
    {
        Walk.Reject(VerifierRules.PointerArithmetic,
            $"a register is added to {Describe.Kind(pointer)}; without privileges that can be done with pointers to map values and to the stack only", pointer);
        return default;
    }

    private void Agree(Instruction x, Mask mask)
    {
        if (_masks.TryAdd(walk.Slot, mask) || _masks[walk.Slot] == mask) return;
        Walk.Reject(VerifierRules.PointerArithmetic,
            $"paths come to this {(x.AluOperation is AluOperation.Add ? "addition" : "subtraction")} with different maps, ranges or kinds of value, and speculation can be kept within one only",
            advice: "give each path an addition of its own, or load the program with CAP_PERFMON");
    }

    /// <summary>How a number is kept within its range.</summary>
    /// <param name="Kind">What the number is, and where.</param>
    /// <param name="Limit">How far the pointer may move.</param>
    internal readonly record struct Mask(MaskKind Kind, long Limit);

    /// <summary>What counts for a mask.</summary>
    [Flags]
    internal enum MaskKind
    {
        /// <summary>No mask.</summary>
        None = 0,

        /// <summary>The number is negative.</summary>
        Negative = 1,

        /// <summary>The number is known.</summary>
        Constant = 2,

        /// <summary>The number is in the source register.</summary>
        Source = 4,

        /// <summary>The number is in the destination register.</summary>
        Destination = 8,

        /// <summary>The pointer moves to lower addresses.</summary>
        Left = 16,
    }
}
