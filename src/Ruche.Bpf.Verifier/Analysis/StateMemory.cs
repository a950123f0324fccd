// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>
/// The states that were remembered, by place. When and for how long a state is worth remembering follows the kernel's own
/// habits, so that programs cost here what they cost there.
/// </summary>
internal sealed class StateMemory(Walk walk)
{
    // The kernel keeps a path's history short.
    private const int MaxHistory = 40;

    // Of a program without privileges, no more states are remembered at one place.
    private const int MaxUnprivileged = 64;

    // What was remembered in a function says nothing about other calls of it.
    private readonly Dictionary<(int Slot, int CallSite), List<Entry>> _entries = [];
    private readonly StateComparison _comparison = new(walk.Flow, walk.Profile.IsPrivileged, !walk.Profile.Has(7, 1), !walk.Profile.Has(6, 8)) { NeedsNumbers = !walk.Profile.IsPrivileged };
    private readonly Dictionary<(int Loop, string Calls), LoopVisit> _visits = [];
    private readonly Dictionary<int, int> _uses = [];
    private readonly bool _isAlwaysWorth = walk.Profile.IsPrivileged && (walk.Program.Flags & ProgramFlags.TestStateFrequency) != 0;
    private int _jumpsBefore;
    private int _processedBefore;

    /// <summary>How many states were remembered.</summary>
    public int Count { get; private set; }

    /// <summary>Whether all that can come from here is proven, or will be when what is under way is finished. Remembers the state when not.</summary>
    public bool IsProven()
    {
        int slot = walk.Slot;
        var now = walk.Now;
        bool isForced = _isAlwaysWorth || walk.Flow.ForcedCheckpoints[slot] || now.HistoryLength > MaxHistory;
        bool isWorth = isForced || (walk.Jumped - _jumpsBefore >= 2 && walk.Processed - _processedBefore >= 8);
        if (_entries.TryGetValue((slot, now.Top.CallSite), out var entries))
        {
            bool isFull = !walk.Profile.IsPrivileged && entries.Count > MaxUnprivileged;
            _comparison.NeedsSameNumbers = walk.Speculation.DependsOnNumbers;
            // The newest is the likeliest to be alike.
            for (int i = entries.Count - 1; i >= 0; i--)
            {
                var entry = entries[i];
                if (Covers(entry.State, ref isWorth, isForced, out bool isUnfinished))
                {
                    entry.Hits++;
                    now.NeedAs(entry.State);
                    if (isUnfinished) entry.State.Visit?.Add(entry.State, now);
                    return true;
                }

                if (isWorth) entry.Misses++;
                int patience = walk.Flow.ForcedCheckpoints[slot] && entry.State.Branches > 0 ? 64 : 3;
                if (entry.Misses > (entry.Hits * patience) + patience) entries.RemoveAt(i);
            }

            if (isFull) return false;
        }

        if (isWorth) Remember(slot);
        return false;
    }

    /// <summary>Notes that a path has ended.</summary>
    public static void Finish(State state)
    {
        for (var parent = state.Parent; parent is not null; parent = parent.Parent)
        {
            if (--parent.Branches > 0) return;
            if (parent.Visit is { } visit && visit.Entry == parent) visit.Close();
        }
    }

    /// <summary>The last state remembered before another that stood at a slot, with the same functions on the call stack as at hand.</summary>
    public static State? EarlierOnPath(State? from, int slot, State now)
    {
        for (var state = from?.Parent; state is not null; state = state.Parent)
        {
            if (state.FirstSlot == slot && HasSameCalls(state, now)) return state;
        }

        return null;
    }

    private static bool HasSameCalls(State one, State other)
    {
        if (one.Frames.Count != other.Frames.Count) return false;
        for (int i = 0; i < one.Frames.Count; i++)
        {
            if (one.Frames[i].CallSite != other.Frames[i].CallSite) return false;
        }

        return true;
    }

    // Whether a remembered state stands for the one at hand; and whether its own proof is not finished.
    private bool Covers(State old, ref bool isWorth, bool isForced, out bool isUnfinished)
    {
        int slot = walk.Slot;
        var now = walk.Now;
        if (old.Branches == 0)
        {
            isUnfinished = old.Visit is { IsOpen: true };
            return _comparison.Covers(old, now, slot, isUnfinished || walk.ComparesWhole ? Exactness.Within : Exactness.AsNeeded);
        }

        isUnfinished = true;
        bool isAnotherStart = now.Top.AsyncEntry != old.Top.AsyncEntry;
        if (!isAnotherStart)
        {
            if (walk.Flow.IsIteratorNext(slot))
            {
                if (_comparison.Covers(old, now, slot, Exactness.Within) && IsIteratorActive(now)) return true;
            }
            else if (walk.Program.Instructions[slot].Opcode == Opcodes.MayGoto && old.MayGotoDepth != now.MayGotoDepth && _comparison.Covers(old, now, slot, Exactness.Within))
            {
                return true;
            }
            else if (walk.Flow.CallsBack(slot))
            {
                if (_comparison.Covers(old, now, slot, Exactness.Within)) return true;
            }
            else if (IsSameAgain(old, now, slot) && IsSameRound(old, now))
            {
                Walk.Reject(VerifierRules.EndlessLoop, "the loop comes back here with nothing changed", advice: null);
            }
        }

        // Within a loop that is under way, states come by often and are worth little.
        if (!isForced && walk.Jumped - _jumpsBefore < 20 && walk.Processed - _processedBefore < 100) isWorth = false;
        return false;
    }

    // Before 6.7 only the registers had to be the same, and the stack as far as the proof had needed it.
    private bool IsSameAgain(State old, State now, int slot) => walk.Profile.Has(6, 7)
        ? _comparison.Covers(old, now, slot, Exactness.Same)
        : _comparison.HasSameRegisters(old, now) && _comparison.Covers(old, now, slot, Exactness.AsNeeded);

    private static bool IsSameRound(State old, State now) =>
        old.MayGotoDepth == now.MayGotoDepth && old.CallbackDepth == now.CallbackDepth && IteratorRounds(old) == IteratorRounds(now);

    private static int IteratorRounds(State state)
    {
        int rounds = 0;
        foreach (var frame in state.Frames)
        {
            for (int i = 0; i < frame.SlotCount; i++)
            {
                if (frame.SlotAt(i).Spilled?.Dynamic is { Kind: DynamicKind.Iterator, IsDrained: false } iterator) rounds = (rounds * 31) + iterator.Depth;
            }
        }

        return rounds;
    }

    private static bool IsIteratorActive(State now)
    {
        var pointer = now[Register.R1];
        if (pointer.Kind is not ValueKind.Stack) return true;
        int index = StackPlace.SlotOf(pointer.Offset + (int)pointer.Range.Bits.Value);
        return index >= 0 && now.Frames[pointer.Frame].SlotAt(index).Spilled?.Dynamic is not { IsDrained: true };
    }

    private void Remember(int slot)
    {
        var now = walk.Now;
        _jumpsBefore = walk.Jumped;
        _processedBefore = walk.Processed;
        ClearLoneNumbers(now);
        now.Replace(v => v is { IsScalar: true, Origin: { } origin } ? v with { Origin = Origin.Of(origin.Slot, OriginKind.Checkpoint, origin) } : v);
        foreach (var frame in now.Frames) frame.RenewMarks();
        var remembered = now.Copy();
        remembered.FirstSlot = slot;
        remembered.Branches = 1;
        remembered.Depth = now.Depth;
        now.Depth++;
        now.Parent = remembered;
        now.HistoryLength = 0;
        EnterLoop(remembered);
        if (!_entries.TryGetValue((slot, now.Top.CallSite), out var entries)) _entries[(slot, now.Top.CallSite)] = entries = [];
        entries.Add(new(remembered));
        Count++;
    }

    // The loop that a state stands in is the outermost one of its calls, and is another one for other calls on the way there.
    private void EnterLoop(State state)
    {
        string calls = "";
        for (int i = 0; i < state.Frames.Count; i++)
        {
            int at = i + 1 < state.Frames.Count ? state.Frames[i + 1].CallSite : state.FirstSlot;
            if (walk.Flow.LoopOf(at) is not (var loop and > 0))
            {
                calls += $"{at} ";
                continue;
            }

            if (!_visits.TryGetValue((loop, calls), out var visit)) _visits[(loop, calls)] = visit = new();
            visit.Entry ??= state;
            state.Visit = visit;
            return;
        }
    }

    // A number that nothing shares ties nothing together; without it more states are alike.
    private void ClearLoneNumbers(State state)
    {
        var uses = _uses;
        uses.Clear();
        foreach (var frame in state.Frames)
        {
            foreach (var value in frame.Registers) Count(uses, value);
            for (int i = 0; i < frame.SlotCount; i++)
            {
                if (frame.SlotAt(i).Spilled is { } spilled) Count(uses, spilled);
            }
        }

        if (uses.Count == 0 || !uses.ContainsValue(1)) return;
        state.Replace(v => v.IsScalar && v.Id != 0 && uses[v.Id] == 1 ? v with { Id = 0, Link = Value.LinkWidth.Equal, Delta = 0 } : v);

        static void Count(Dictionary<int, int> uses, Value value)
        {
            if (value.IsScalar && value.Id != 0) uses[value.Id] = uses.GetValueOrDefault(value.Id) + 1;
        }
    }

    private sealed class Entry(State state)
    {
        public State State { get; } = state;

        public int Hits { get; set; }

        public int Misses { get; set; }
    }
}
