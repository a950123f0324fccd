// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Flow;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.States;

/// <summary>
/// Whether what was proven from a remembered state holds for another one too: everywhere the other knows at least as much as the
/// remembered one did.
/// </summary>
/// <param name="flow">The program's control flow.</param>
/// <param name="mayReadUnwritten">Whether the program may read stack that it has not written.</param>
/// <param name="comparesLayouts">Whether within a loop a slot covers only slots with the same kinds of bytes, as in kernels before 7.1.</param>
/// <param name="comparesDepths">Whether slots count that were never written, nor others below them, as in kernels before 6.8.</param>
internal sealed class StateComparison(ProgramFlow flow, bool mayReadUnwritten, bool comparesLayouts, bool comparesDepths)
{
    private static readonly Value Unbounded = Value.Unknown(Origin.Of(0, OriginKind.Entry));

    private readonly NumberPairs _pairs = new();

    /// <summary>Whether every number counts, needed or not: the kernel follows what proofs need only for programs with privileges.</summary>
    public bool NeedsNumbers { get; init; }

    /// <summary>Whether numbers must be the same, not only within the remembered ones.</summary>
    public bool NeedsSameNumbers { get; set; }

    /// <summary>Compares a remembered state, which stood at a slot, with another.</summary>
    public bool Covers(State old, State now, int slot, Exactness exactness)
    {
        if (old.Frames.Count != now.Frames.Count || old.IsSleepable != now.IsSleepable) return false;
        // What holds where only a guess leads says nothing about what is really run.
        if (old.IsSpeculative && !now.IsSpeculative) return false;
        _pairs.Clear();
        if (!CoversReferences(old, now)) return false;
        for (int i = 0; i < old.Frames.Count; i++)
        {
            int at = i + 1 < old.Frames.Count ? old.Frames[i + 1].CallSite : slot;
            if (old.Frames[i].CallSite != now.Frames[i].CallSite) return false;
            if (!Covers(old.Frames[i], now.Frames[i], at, exactness)) return false;
        }

        return true;
    }

    /// <summary>Whether the registers of the functions at work hold the same.</summary>
    public bool HasSameRegisters(State old, State now)
    {
        if (old.Frames.Count != now.Frames.Count) return false;
        _pairs.Clear();
        for (var register = Register.R0; register < Register.R10; register++)
        {
            if (!IsExactly(old[register], now[register])) return false;
        }

        return true;
    }

    private bool CoversReferences(State old, State now)
    {
        if (old.References.Length != now.References.Length) return false;
        if (old.RcuLocks != now.RcuLocks || old.PreemptLocks != now.PreemptLocks) return false;
        if (!_pairs.Match(old.InterruptsSaved, now.InterruptsSaved)) return false;
        for (int i = 0; i < old.References.Length; i++)
        {
            var (a, b) = (old.References[i], now.References[i]);
            if (a.Kind != b.Kind || !ReferenceEquals(a.Holder, b.Holder) || !_pairs.Match(a.Id, b.Id)) return false;
        }

        return true;
    }

    private bool Covers(Frame old, Frame now, int slot, Exactness exactness)
    {
        if (old.CallbackRounds > now.CallbackRounds) return false;
        for (var register = Register.R0; register < Register.R10; register++)
        {
            if (flow.IsLive(slot, register) && !Covers(old[register], now[register], exactness)) return false;
        }

        for (int i = 0; i < old.SlotCount; i++)
        {
            if (exactness is Exactness.AsNeeded && !old.WasRead(i)) continue;
            if (comparesDepths && i < old.WrittenSlots && i >= now.WrittenSlots && !old.SlotAt(i).IsAll(SlotByte.Unwritten)) return false;
            if (!Covers(old.SlotAt(i), now.SlotAt(i), exactness)) return false;
        }

        return true;
    }

    private bool Covers(StackSlot old, StackSlot now, Exactness exactness)
    {
        if (ReferenceEquals(old, now) && old.Spilled is null) return true;
        if ((exactness is Exactness.Same || (exactness is Exactness.Within && comparesLayouts)) && !IsSameLayout(old, now)) return false;
        if (old.IsDynamic || now.IsDynamic) return old.IsDynamic && now.IsDynamic && CoversDynamic(old.Spilled!, now.Spilled!);
        if (mayReadUnwritten && exactness is not Exactness.Same && ReferenceEquals(NumberIn(old), Unbounded)) return true;
        if (NumberIn(old) is { } a && NumberIn(now) is { } b) return Covers(a, b, exactness);
        for (int i = 0; i < StackSlot.Size; i++)
        {
            if (old[i] is SlotByte.Unwritten || (old[i] is SlotByte.Misc && mayReadUnwritten)) continue;
            if (old[i] is SlotByte.Misc && now[i] is SlotByte.Zero) continue;
            if (old[i] != now[i]) return false;
        }

        return !old.IsSpill || Covers(old.Spilled!, now.Spilled!, exactness);
    }

    private static bool IsSameLayout(StackSlot old, StackSlot now)
    {
        for (int i = 0; i < StackSlot.Size; i++)
        {
            if (old[i] != now[i]) return false;
        }

        return true;
    }

    // What a load of the whole slot would give, when that is a number.
    private Value? NumberIn(StackSlot slot)
    {
        if (slot.IsWholeSpill) return slot.Spilled!.IsScalar ? slot.Spilled : null;
        for (int i = 0; i < StackSlot.Size; i++)
        {
            if (slot[i] is SlotByte.Misc || (slot[i] is SlotByte.Unwritten && mayReadUnwritten)) continue;
            return null;
        }

        return Unbounded;
    }

    private bool CoversDynamic(Value old, Value now)
    {
        var (a, b) = (old.Dynamic!, now.Dynamic!);
        return a.Kind == b.Kind && a.IsFirst == b.IsFirst && a.IsDrained == b.IsDrained && a.TypeName == b.TypeName && a.IsReadOnly == b.IsReadOnly
            && _pairs.Match(a.Id, b.Id) && _pairs.Match(old.Reference, now.Reference);
    }

    private bool Covers(Value old, Value now, Exactness exactness)
    {
        if (exactness is Exactness.Same) return IsExactly(old, now);
        if (old.Kind is ValueKind.Unwritten) return true;
        if (old.Kind != now.Kind || old.Flags != now.Flags) return false;
        switch (old.Kind)
        {
            case ValueKind.Scalar:
                if (NeedsSameNumbers) return old.Range == now.Range && _pairs.MatchNumbers(old.Id, now.Id);
                if (exactness is Exactness.AsNeeded && !NeedsNumbers && !old.IsPrecise) return true;
                if (old.Id != 0 && (LinkOf(old) != LinkOf(now) || (IsAdded(old) && old.Delta != now.Delta))) return false;
                return _pairs.MatchNumbers(old.Id, now.Id) && old.Range.Contains(now.Range);
            case ValueKind.Instruction or ValueKind.MapKey or ValueKind.MapValue or ValueKind.Memory or ValueKind.Buffer or ValueKind.TracepointBuffer:
                return IsSameThing(old, now) && old.Range.Contains(now.Range) && IsSameNumber(old, now);
            case ValueKind.Packet or ValueKind.PacketMeta:
                if (old.BeyondEnd != now.BeyondEnd || old.PacketRange > now.PacketRange || old.Offset != now.Offset) return false;
                return _pairs.Match(old.Id, now.Id) && old.Range.Contains(now.Range);
            case ValueKind.Arena:
                return true;
            default:
                return IsExactly(old, now);
        }
    }

    private static Value.LinkWidth LinkOf(Value value) => value.Id == 0 ? Value.LinkWidth.Equal : value.Link;

    private static bool IsAdded(Value value) => value.Id != 0 && value.Link is not Value.LinkWidth.Equal;

    private bool IsExactly(Value old, Value now) =>
        ReferenceEquals(old, now) && old.Id == 0 && old.Reference == 0
        || (old.Kind == now.Kind && old.Flags == now.Flags && old.Range == now.Range && IsSameThing(old, now)
            && old.BeyondEnd == now.BeyondEnd && old.PacketRange == now.PacketRange && IsSameNumber(old, now));

    private static bool IsSameThing(Value old, Value now) =>
        old.Offset == now.Offset && ReferenceEquals(old.Map, now.Map) && old.Type == now.Type && old.Size == now.Size && old.Frame == now.Frame
        && old.Function == now.Function && (old.Dynamic is null) == (now.Dynamic is null) && (old.Dynamic is null || old.Dynamic.Kind == now.Dynamic!.Kind);

    private bool IsSameNumber(Value old, Value now) =>
        _pairs.Match(old.Id, now.Id) && _pairs.Match(old.Reference, now.Reference) && _pairs.Match(old.MapInstance, now.MapInstance);
}
