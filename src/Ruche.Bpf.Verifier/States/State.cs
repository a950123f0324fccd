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
        MayGotoDepth = other.MayGotoDepth;
        CallbackDepth = other.CallbackDepth;
        Path = other.Path;
        Parent = other.Parent;
        FirstSlot = other.FirstSlot;
        Depth = other.Depth;
        LoopEntry = other.LoopEntry;
        JumpsSinceCheckpoint = other.JumpsSinceCheckpoint;
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

    /// <summary>The state of the loop around that this state was found equal to, while that was not finished.</summary>
    public State? LoopEntry { get; set; }

    /// <summary>How many jumps this path has taken since the last checkpoint.</summary>
    public int JumpsSinceCheckpoint { get; set; }

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
