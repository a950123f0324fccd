// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
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
    private readonly List<Entry>?[] _entries = new List<Entry>?[walk.Program.Instructions.Length];
    private readonly StateComparison _comparison = new(walk.Flow, walk.Profile.IsPrivileged && walk.Profile.Has(6, 3), !walk.Profile.Has(7, 1));
    private int _jumpsBefore;
    private int _processedBefore;

    /// <summary>How many states were remembered.</summary>
    public int Count { get; private set; }

    /// <summary>Whether all that can come from here is proven, or will be when what is under way is finished. Remembers the state when not.</summary>
    public bool IsProven()
    {
        int slot = walk.Slot;
        var now = walk.Now;
        bool isForced = walk.Flow.ForcedCheckpoints[slot] || now.JumpsSinceCheckpoint > 20;
        bool isWorth = isForced || (walk.Jumped - _jumpsBefore >= 2 && walk.Processed - _processedBefore >= 8);
        ClearLoneNumbers(now);
        if (_entries[slot] is { } entries)
        {
            for (int i = 0; i < entries.Count; i++)
            {
                var entry = entries[i];
                if (Covers(entry.State, ref isWorth, isForced) is { } loop)
                {
                    entry.Hits++;
                    Join(entry.State, loop);
                    return true;
                }

                if (isWorth) entry.Misses++;
                int patience = walk.Flow.ForcedCheckpoints[slot] && entry.State.Branches > 0 ? 64 : 3;
                if (entry.Misses > (entry.Hits * patience) + patience) entries.RemoveAt(i--);
            }
        }

        if (isWorth) Remember(slot);
        return false;
    }

    /// <summary>Notes that a path has ended.</summary>
    public static void Finish(State state)
    {
        for (var child = state; child.Parent is { } parent; child = parent)
        {
            if (child.LoopEntry is { Branches: > 0 } entry && entry != parent) SetLoop(parent, entry);
            if (--parent.Branches > 0) return;
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

    // The state that the one at hand depends on (itself, or the head of a loop) when it is covered.
    private State? Covers(State old, ref bool isWorth, bool isForced)
    {
        int slot = walk.Slot;
        var now = walk.Now;
        if (old.Branches == 0)
        {
            var head = HeadOf(old);
            bool isOpen = head is { Branches: > 0 };
            return _comparison.Covers(old, now, slot, isOpen ? Exactness.Within : Exactness.AsNeeded) ? (isOpen ? head : old) : null;
        }

        bool isAnotherStart = now.Top.AsyncEntry != old.Top.AsyncEntry;
        if (!isAnotherStart)
        {
            if (walk.Flow.IsIteratorNext(slot))
            {
                if (_comparison.Covers(old, now, slot, Exactness.Within) && IsIteratorActive(now)) return old;
            }
            else if (walk.Program.Instructions[slot].Opcode == Opcodes.MayGoto && old.MayGotoDepth != now.MayGotoDepth && _comparison.Covers(old, now, slot, Exactness.Within))
            {
                return old;
            }
            else if (walk.Flow.CallsBack(slot))
            {
                if (_comparison.Covers(old, now, slot, Exactness.Within)) return old;
            }
            else if (_comparison.Covers(old, now, slot, Exactness.Same) && IsSameRound(old, now))
            {
                Walk.Reject(VerifierRules.EndlessLoop, "the loop comes back here with nothing changed", advice: null);
            }
        }

        // Within a loop that is under way, states come by often and are worth little.
        if (!isForced && walk.Jumped - _jumpsBefore < 20 && walk.Processed - _processedBefore < 100) isWorth = false;
        return null;
    }

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

    private static State? HeadOf(State state)
    {
        var head = state.LoopEntry;
        while (head?.LoopEntry is { } outer && outer != head) head = outer;
        return head;
    }

    private static void SetLoop(State state, State entry)
    {
        if (state.LoopEntry is null || entry.Depth < state.LoopEntry.Depth) state.LoopEntry = entry;
    }

    // What the proof of the remembered state read and needed exactly, this path has read and needs exactly too.
    private void Join(State old, State head)
    {
        var now = walk.Now;
        if (head.Branches > 0) SetLoop(now, head);
        for (int i = 0; i < old.Frames.Count; i++)
        {
            var (a, b) = (old.Frames[i], now.Frames[i]);
            b.ReadAs(a);
            for (int r = 0; r < a.Registers.Length; r++)
            {
                if (a.Registers[r] is { IsScalar: true, IsPrecise: true }) Walk.NeedExactly(b.Registers[r]);
            }

            for (int s = 0; s < a.SlotCount; s++)
            {
                if (a.SlotAt(s).Spilled is { IsScalar: true, IsPrecise: true } && b.SlotAt(s).Spilled is { } spilled) Walk.NeedExactly(spilled);
            }
        }
    }

    private void Remember(int slot)
    {
        var now = walk.Now;
        _jumpsBefore = walk.Jumped;
        _processedBefore = walk.Processed;
        now.Replace(v => v is { IsScalar: true, Origin: { } origin } ? v with { Origin = Origin.Of(origin.Slot, OriginKind.Checkpoint, origin) } : v);
        foreach (var frame in now.Frames) frame.RenewMarks();
        var remembered = now.Copy();
        remembered.FirstSlot = slot;
        remembered.LoopEntry = null;
        remembered.Branches = 1;
        remembered.Depth = now.Depth;
        now.Depth++;
        now.Parent = remembered;
        now.LoopEntry = null;
        now.JumpsSinceCheckpoint = 0;
        (_entries[slot] ??= []).Add(new(remembered));
        Count++;
    }

    // A number that nothing shares ties nothing together; without it more states are alike.
    private static void ClearLoneNumbers(State state)
    {
        Dictionary<int, int> uses = [];
        foreach (var frame in state.Frames)
        {
            foreach (var value in frame.Registers) Count(uses, value);
            for (int i = 0; i < frame.SlotCount; i++)
            {
                if (frame.SlotAt(i).Spilled is { } spilled) Count(uses, spilled);
            }
        }

        if (!uses.ContainsValue(1)) return;
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
