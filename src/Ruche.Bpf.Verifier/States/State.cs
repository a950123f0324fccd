// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.States;

/// <summary>All that is known at one point of one path through a program.</summary>
internal sealed class State
{
    private readonly List<Frame> _frames;

    public State(Frame outermost) => _frames = [outermost];

    private State(State other)
    {
        _frames = new(other._frames.Count + 1);
        foreach (var frame in other._frames) _frames.Add(frame.Copy());
        References = other.References;
        RcuLocks = other.RcuLocks;
        PreemptLocks = other.PreemptLocks;
        InterruptsSaved = other.InterruptsSaved;
        IsSleepable = other.IsSleepable;
        IsSpeculative = other.IsSpeculative;
        MayGotoDepth = other.MayGotoDepth;
        CallbackDepth = other.CallbackDepth;
        Path = other.Path;
        Parent = other.Parent;
        FirstSlot = other.FirstSlot;
        Depth = other.Depth;
        HistoryLength = other.HistoryLength;
    }

    /// <summary>The functions on the call stack, the outermost first.</summary>
    public IReadOnlyList<Frame> Frames => _frames;

    /// <summary>The function that runs.</summary>
    public Frame Top => _frames[^1];

    /// <summary>What must be given back, in the order it was taken.</summary>
    public AcquiredReference[] References { get; set; } = [];

    /// <summary>How many RCU read sections are open.</summary>
    public int RcuLocks { get; set; }

    /// <summary>How often preemption was switched off.</summary>
    public int PreemptLocks { get; set; }

    /// <summary>The interrupt flags saved last; 0 when interrupts are on.</summary>
    public int InterruptsSaved { get; set; }

    /// <summary>Whether the program may sleep here, but for locks.</summary>
    public bool IsSleepable { get; set; }

    /// <summary>Whether only a processor that runs ahead on a guess comes here.</summary>
    public bool IsSpeculative { get; set; }

    /// <summary>How often <c>may_goto</c> went on, on this path.</summary>
    public int MayGotoDepth { get; set; }

    /// <summary>How often callbacks were entered again, on this path.</summary>
    public int CallbackDepth { get; set; }

    /// <summary>The decisions that led here.</summary>
    public PathStep? Path { get; set; }

    /// <summary>The state remembered last on this path.</summary>
    public State? Parent { get; set; }

    /// <summary>Where that was.</summary>
    public int FirstSlot { get; set; }

    /// <summary>How many states were remembered on this path before this one.</summary>
    public int Depth { get; set; }

    /// <summary>How many paths from here are not finished; of remembered states.</summary>
    public int Branches { get; set; }

    /// <summary>The stay in a loop that a remembered state belongs to; null when it stands in none.</summary>
    public LoopVisit? Visit { get; set; }

    /// <summary>How many steps the kernel would have noted for this path since the last checkpoint: places jumped to, and stack accesses.</summary>
    public int HistoryLength { get; set; }

    /// <summary>A register of the function that runs.</summary>
    public Value this[Register register]
    {
        get => Top[register];
        set => Top[register] = value;
    }

    /// <summary>The number of locks held.</summary>
    public int LockCount => References.Count(r => r.Kind is ReferenceKind.SpinLock or ReferenceKind.ResilientLock or ReferenceKind.ResilientLockInterruptsOff);

    /// <summary>Enters a function.</summary>
    public void Push(Frame frame) => _frames.Add(frame);

    /// <summary>Leaves a function.</summary>
    public Frame Pop()
    {
        var frame = _frames[^1];
        _frames.RemoveAt(_frames.Count - 1);
        return frame;
    }

    /// <summary>A copy that can be changed on its own.</summary>
    public State Copy() => new(this);

    /// <summary>Replaces each value in all functions.</summary>
    public void Replace(Func<Value, Value> replacement)
    {
        foreach (var frame in _frames) frame.Replace(replacement);
    }

    /// <summary>What the proof of another state read and needed exactly, this one has read and needs exactly too. Returns whether that is news.</summary>
    public bool NeedAs(State old)
    {
        bool changed = false;
        for (int i = 0; i < old.Frames.Count; i++)
        {
            var (a, b) = (old.Frames[i], Frames[i]);
            changed |= b.ReadAs(a);
            for (int r = 0; r < a.Registers.Length; r++)
            {
                if (a.Registers[r] is { IsScalar: true, IsPrecise: true }) changed |= Need(b.Registers[r]);
            }

            for (int s = 0; s < a.SlotCount; s++)
            {
                if (a.SlotAt(s).Spilled is { IsScalar: true, IsPrecise: true } && b.SlotAt(s).Spilled is { } spilled) changed |= Need(spilled);
            }
        }

        return changed;
    }

    /// <summary>Notes that all numbers are needed exactly, and all slots are read.</summary>
    public void NeedAll()
    {
        foreach (var frame in _frames)
        {
            foreach (var value in frame.Registers) Need(value);
            for (int s = 0; s < frame.SlotCount; s++)
            {
                frame.Read(s);
                if (frame.SlotAt(s).Spilled is { } spilled) Need(spilled);
            }
        }
    }

    private static bool Need(Value value)
    {
        if (!value.IsScalar || value.IsPrecise) return false;
        value.Origin!.MakePrecise();
        return true;
    }

    /// <summary>Notes something taken.</summary>
    public void Acquire(AcquiredReference reference) => References = [.. References, reference];

    /// <summary>Notes something given back; false when it was not held.</summary>
    public bool Release(int id)
    {
        int before = References.Length;
        References = [.. References.Where(r => r.Id != id)];
        return References.Length != before;
    }
}
