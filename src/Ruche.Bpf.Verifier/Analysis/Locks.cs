// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Spin locks, plain and resilient ones.</summary>
internal sealed class Locks(Walk walk)
{
    /// <summary>Takes the lock that a pointer points to.</summary>
    public void Take(Value pointer, string name, ReferenceKind kind)
    {
        CheckMayLock(pointer);
        CheckPlace(pointer, name, kind);
        object holder = HolderOf(pointer);
        foreach (var held in walk.Now.References)
        {
            if (!IsLock(held.Kind)) continue;
            if (kind is ReferenceKind.SpinLock || held.Kind is ReferenceKind.SpinLock)
                Walk.Reject(VerifierRules.Locks, $"a second lock is taken while the one of instruction {held.Slot} is held", pointer);
            if (held.Id == pointer.Id && ReferenceEquals(held.Holder, holder)) Walk.Reject(VerifierRules.Locks, "the lock is taken twice", pointer);
        }

        walk.Now.Acquire(new(kind, pointer.Id, walk.Slot, holder));
    }

    /// <summary>Gives the lock back.</summary>
    public void GiveBack(Value pointer, string name, ReferenceKind kind)
    {
        CheckMayLock(pointer);
        CheckPlace(pointer, name, kind);
        var held = walk.Now.References;
        int last = Array.FindLastIndex(held, r => IsLock(r.Kind));
        if (last < 0) Walk.Reject(VerifierRules.Locks, "a lock is released, and none is held", pointer);
        if (held[last].Kind != kind || held[last].Id != pointer.Id || !ReferenceEquals(held[last].Holder, HolderOf(pointer)))
            Walk.Reject(VerifierRules.Locks, $"another lock is released than the one taken last, at instruction {held[last].Slot}", pointer);
        walk.Now.References = [.. held[..last], .. held[(last + 1)..]];
        var gone = walk.Gone();
        walk.Now.Replace(v => v.Has(ValueFlags.NonOwning) ? gone : v);
    }

    /// <summary>Whether the lock is held that lies in the same value or object as something.</summary>
    public static bool IsHeld(State state, Value pointer)
    {
        object holder = HolderOf(pointer);
        return state.References.Any(r => IsLock(r.Kind) && r.Id == pointer.Id && ReferenceEquals(r.Holder, holder));
    }

    private static bool IsLock(ReferenceKind kind) => kind is ReferenceKind.SpinLock or ReferenceKind.ResilientLock or ReferenceKind.ResilientLockInterruptsOff;

    private static object HolderOf(Value pointer) => pointer.Kind is ValueKind.MapValue ? pointer.Map! : pointer.Type.Types;

    private void CheckMayLock(Value pointer)
    {
        if (Collections.IsOrdering(walk)) Walk.Reject(VerifierRules.Locks, "a lock is taken or released by the function that orders a tree, which must leave it alone", pointer);
    }

    private void CheckPlace(Value pointer, string name, ReferenceKind kind)
    {
        if (!pointer.Range.IsConstant) Walk.Reject(VerifierRules.SpecialFieldAccess, $"{name} points to a lock with an offset that is not known", pointer);
        int at = pointer.Offset + (int)pointer.Range.Bits.Value;
        var fields = Collections.FieldsOf(walk, pointer);
        var wanted = kind is ReferenceKind.SpinLock ? SpecialFieldKind.SpinLock : SpecialFieldKind.ResilientSpinLock;
        if (!fields.Any(f => f.Kind == wanted && f.Offset == at))
            Walk.Reject(VerifierRules.SpecialFieldAccess, $"{name} is {Describe.Value(pointer)}, where there is no lock", pointer);
    }
}
