// SPDX-License-Identifier: MIT
using System.Collections;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Analysis;
using Ruche.Bpf.Verifier.KernelTypes;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Flow;

/// <summary>Where control can go in a program, found before any value is known: functions, the places worth remembering, live registers.</summary>
internal sealed class ProgramFlow
{
    private readonly VerifierProgram _program;
    private readonly List<int> _functionStarts = [];
    private readonly Dictionary<int, ImmutableArray<int>> _tables = [];
    private readonly ushort[] _live;
    private readonly int[] _loops;

    /// <param name="program">The program.</param>
    /// <param name="callbacksAreLoops">Whether a call that calls the program back any number of times counts as a loop, as it does from Linux 7.0 on.</param>
    public ProgramFlow(VerifierProgram program, bool callbacksAreLoops)
    {
        _program = program;
        int count = program.Instructions.Length;
        Checkpoints = new(count);
        ForcedCheckpoints = new(count);
        Reachable = new(count);
        JumpPoints = new(count);
        FindFunctions();
        FindTables();
        Visit();
        _live = LiveRegisters.Of(this, program);
        _loops = Loops.Of(this, callbacksAreLoops);
    }

    /// <summary>The code.</summary>
    public ReadOnlySpan<Instruction> Code => _program.Instructions.AsSpan();

    /// <summary>Slots where states are remembered and compared.</summary>
    public BitArray Checkpoints { get; }

    /// <summary>Slots where they always are: the heads of loops that end otherwise than by counting.</summary>
    public BitArray ForcedCheckpoints { get; }

    /// <summary>Slots that a path comes to by a jump or a return, which the kernel notes in the path's history.</summary>
    public BitArray JumpPoints { get; }

    /// <summary>Slots that control can reach.</summary>
    public BitArray Reachable { get; }

    /// <summary>The first slots of the functions, in order.</summary>
    public IReadOnlyList<int> FunctionStarts => _functionStarts;

    /// <summary>Whether a register's value may still be used when control is at a slot.</summary>
    public bool IsLive(int slot, Register register) => (_live[slot] & (1 << (int)register)) != 0;

    /// <summary>The number of the loop that a slot lies in; 0 for none.</summary>
    public int LoopOf(int slot) => _loops[slot];

    /// <summary>The first slot of the function that a slot belongs to.</summary>
    public int FunctionOf(int slot)
    {
        int found = CollectionsMarshal.AsSpan(_functionStarts).BinarySearch(slot);
        return _functionStarts[found >= 0 ? found : ~found - 1];
    }

    /// <summary>The slot behind the last one of a function.</summary>
    public int EndOf(int function)
    {
        int next = CollectionsMarshal.AsSpan(_functionStarts).BinarySearch(function) + 1;
        return next < _functionStarts.Count ? _functionStarts[next] : Code.Length;
    }

    /// <summary>The slots that may follow a slot in its function.</summary>
    public (int First, int Second) Successors(int slot)
    {
        var x = Code[slot];
        int next = slot + (x.IsWide ? 2 : 1);
        if (x.IsExit) return (-1, -1);
        if (x.JumpDistance is not { } distance) return x.EndsFlow ? (-1, -1) : (next, -1);
        int target = slot + 1 + distance;
        return x.EndsFlow ? (target, -1) : (next, target);
    }

    /// <summary>Where a jump through a register may lead: to all that the jump tables of its function have; of other instructions nowhere.</summary>
    public ImmutableArray<int> Scattered(int slot) =>
        Code[slot].Opcode is Opcodes.GotoRegister && _tables.TryGetValue(FunctionOf(slot), out var targets) ? targets : [];

    /// <summary>
    /// An instruction other than a jump that leads to one whose successors are still being looked at, when the fall-through way is always taken
    /// first: compilers write no such loops.
    /// </summary>
    public int? FindFallThroughLoop()
    {
        BitArray open = new(Code.Length), seen = new(Code.Length);
        Stack<(int Slot, int Edge)> path = new();
        foreach (int start in _functionStarts)
        {
            if (seen[start]) continue;
            Enter(start);
            while (path.TryPop(out var at))
            {
                var (first, second) = Successors(at.Slot);
                if (at.Edge == 2)
                {
                    open[at.Slot] = false;
                    continue;
                }

                path.Push((at.Slot, at.Edge + 1));
                int next = at.Edge == 0 ? first : second;
                if (next < 0 || next >= Code.Length) continue;
                if (!seen[next]) Enter(next);
                else if (open[next] && Code[at.Slot].JumpDistance is null) return at.Slot;
            }
        }

        return null;

        void Enter(int slot)
        {
            seen[slot] = open[slot] = true;
            path.Push((slot, 0));
        }
    }

    /// <summary>Whether a call makes the kernel call the program back before it returns.</summary>
    public bool CallsBack(int slot) => Code[slot] switch
    {
        { IsHelperCall: true } x => (HelperId)x.Immediate is HelperId.Loop or HelperId.ForEachMapElem or HelperId.FindVma or HelperId.UserRingbufDrain,
        { IsKernelCall: true } => _program.KernelCalls.TryGetValue(slot, out string? name) && KernelSignature.Plain(name) is "bpf_rbtree_add",
        _ => false,
    };

    /// <summary>Whether a call moves an open-coded iterator on.</summary>
    public bool IsIteratorNext(int slot) =>
        Code[slot].IsKernelCall && _program.KernelCalls.TryGetValue(slot, out string? name) && name.StartsWith("bpf_iter_", StringComparison.Ordinal) && name.EndsWith("_next", StringComparison.Ordinal);

    // Whether a call makes the kernel call the program back later.
    private bool IsDeferral(int slot) => Code[slot] switch
    {
        { IsHelperCall: true } x => (HelperId)x.Immediate is HelperId.TimerSetCallback,
        { IsKernelCall: true } => _program.KernelCalls.TryGetValue(slot, out string? name) && KernelCalls.IsDeferral(name),
        _ => false,
    };

    private void FindFunctions()
    {
        SortedSet<int> starts = [0];
        for (int slot = 0; slot < Code.Length; slot++)
        {
            if (Code[slot].IsLocalCall || Code[slot].IsFunctionAddress) starts.Add(slot + 1 + Code[slot].Immediate);
            if (Code[slot].IsWide) slot++;
        }

        foreach (var function in _program.Functions) starts.Add(function.Slot);
        _functionStarts.AddRange(starts.Where(s => s >= 0 && s < Code.Length));
    }

    // A table belongs to the function of its first place.
    private void FindTables()
    {
        foreach (var function in _program.Maps.Values.Where(m => !m.JumpTargets.IsEmpty).Distinct().GroupBy(m => FunctionOf(m.JumpTargets.Min())))
            _tables[function.Key] = [.. function.SelectMany(m => m.JumpTargets).Distinct().Order()];
    }

    private void Visit()
    {
        Stack<int> open = new();
        foreach (int start in _functionStarts) open.Push(start);
        while (open.TryPop(out int slot))
        {
            if (slot < 0 || slot >= Code.Length || Reachable[slot]) continue;
            Reachable[slot] = true;
            Mark(slot);
            var (first, second) = Successors(slot);
            foreach (int target in Scattered(slot)) open.Push(target);
            if (second >= 0) open.Push(second);
            if (first >= 0) open.Push(first);
        }
    }

    private void Mark(int slot)
    {
        var x = Code[slot];
        if (x.Opcode == Opcodes.MayGoto)
        {
            ForcedCheckpoints[slot] = Checkpoints[slot] = true;
        }
        else if (x.Opcode == Opcodes.GotoRegister)
        {
            Checkpoints[slot] = true;
            foreach (int target in Scattered(slot)) JumpPoints[target] = true;
        }
        else if (x.JumpDistance is { } distance)
        {
            Checkpoints[slot + 1 + distance] = JumpPoints[slot + 1 + distance] = true;
            if (!x.EndsFlow) Checkpoints[slot] = true;
        }
        else if (x.IsCall || x.IsFunctionAddress)
        {
            int next = slot + (x.IsWide ? 2 : 1);
            if (next < Code.Length) Checkpoints[next] = JumpPoints[next] = true;
            if (x.IsLocalCall || x.IsFunctionAddress || IsDeferral(slot)) Checkpoints[slot] = true;
            if (x.IsLocalCall || x.IsFunctionAddress) Checkpoints[slot + 1 + x.Immediate] = JumpPoints[slot + 1 + x.Immediate] = true;
        }

        if (CallsBack(slot)) JumpPoints[slot] = true;
        if (!CallsBack(slot) && !IsIteratorNext(slot)) return;
        ForcedCheckpoints[slot] = Checkpoints[slot] = true;
    }
}
