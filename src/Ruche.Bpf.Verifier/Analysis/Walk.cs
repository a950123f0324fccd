// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Flow;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>
/// Goes through a program along every path, one at a time and depth first, with what is known about each register and stack slot. At
/// chosen places the state is remembered; a path that comes to a place with nothing new to prove ends there.
/// </summary>
internal sealed class Walk
{
    // Nobody can be asked to wait for more states than the kernel keeps.
    private const int MaxPending = 8192;

    private readonly Stack<(State State, int Slot)> _pending = new();
    private readonly StateMemory _memory;
    private readonly Arithmetic _arithmetic;
    private readonly Jumps _jumps;
    private readonly Calls _calls;
    private readonly Dictionary<TypeReference, ImmutableArray<SpecialField>> _fields = [];
    private int _ids;
    private int _next;
    private bool _isNoted;

    public Walk(VerifierProgram program, KernelProfile profile, BtfSpec? kernel, ProgramFlow flow)
    {
        Program = program;
        Profile = profile;
        Kernel = kernel;
        Flow = flow;
        _memory = new(this);
        Memory = new(this);
        Speculation = new(this);
        _arithmetic = new(this);
        _jumps = new(this);
        _calls = new(this);
        Now = new(new Frame(0, -1, 0));
    }

    public VerifierProgram Program { get; }

    public KernelProfile Profile { get; }

    public BtfSpec? Kernel { get; }

    public ProgramFlow Flow { get; }

    public MemoryAccess Memory { get; }

    public Speculation Speculation { get; }

    /// <summary>The state at the instruction that is looked at.</summary>
    public State Now { get; private set; }

    /// <summary>The instruction that is looked at.</summary>
    public int Slot { get; private set; }

    /// <summary>How many instructions were looked at, each as often as it was.</summary>
    public int Processed { get; private set; }

    /// <summary>How many jumps were looked at.</summary>
    public int Jumped { get; private set; }

    /// <summary>The most paths that waited at once.</summary>
    public int PeakPending { get; private set; }

    /// <summary>How many states were remembered.</summary>
    public int Remembered => _memory.Count;

    /// <summary>The deepest byte that each function touches of its stack, by its first slot.</summary>
    public Dictionary<int, int> StackDepths { get; } = [];

    /// <summary>Called with each state before its instruction is looked at.</summary>
    public Action<int, State>? Observer { get; init; }

    /// <summary>Whether states are compared whole, not only in what proofs have needed.</summary>
    public bool ComparesWhole { get; init; }

    /// <summary>Whether a function of the program gets what is thrown.</summary>
    public bool HasExceptionHandler { get; init; }

    /// <summary>The instructions that were looked at.</summary>
    public System.Collections.BitArray Visited { get; init; } = new(0);

    /// <summary>The global functions whose proofs the calls seen so far rest on.</summary>
    public HashSet<int> CalledGlobals { get; } = [];

    public ref readonly Instruction Code => ref Program.Instructions.ItemRef(Slot);

    /// <summary>Proves everything that can be reached from a state.</summary>
    public void Run(State start, int slot)
    {
        Now = start;
        _next = slot;
        while (true)
        {
            Slot = _next;
            if (!Step()) continue;
            StateMemory.Finish(Now);
            if (!_pending.TryPop(out var pending)) return;
            (Now, _next) = pending;
        }
    }

    /// <summary>Leaves a state to be looked at later, at a slot.</summary>
    public State Fork(int slot, bool? taken = null)
    {
        var fork = Now.Copy();
        if (taken is { } way) fork.Path = new(Slot, way, Now.Path);
        PushState(fork, slot);
        return fork;
    }

    /// <summary>Leaves another state to be looked at later.</summary>
    public void PushState(State state, int slot)
    {
        if (state.Parent is { } parent) parent.Branches++;
        _pending.Push((state, slot));
        PeakPending = Math.Max(PeakPending, _pending.Count);
        if (_pending.Count > MaxPending) Reject(VerifierRules.TooComplex, $"more than {MaxPending} paths wait to be looked at");
    }

    /// <summary>The last remembered state on this path that stood at a slot, in the same function.</summary>
    public State? EarlierAt(int slot) => StateMemory.EarlierOnPath(slot == Slot ? Now.Parent : Now, slot, Now);

    public void GoTo(int slot) => _next = slot;

    public int NewId() => ++_ids;

    public Origin Made(OriginKind kind, Value? first = null, Value? second = null) => Origin.Of(Slot, kind, first?.Origin, second?.Origin);

    /// <summary>A number of which nothing is known, made here.</summary>
    public Value Unknown(OriginKind kind) => Value.Unknown(Made(kind));

    /// <summary>What a register holds; it must hold something.</summary>
    public Value Read(Register register)
    {
        var value = Now[register];
        if (value.Kind is ValueKind.Unwritten) Reject(VerifierRules.Uninitialized, $"{Describe.Name(register)} is read here, but not written on this path");
        return value;
    }

    public void Write(Register register, Value value)
    {
        if (register is Register.R10) Reject(VerifierRules.PointerArithmetic, "the frame pointer R10 cannot be written");
        Now[register] = value;
    }

    /// <summary>What is left of a pointer whose object is gone: a number, or nothing for who must not see addresses.</summary>
    public Value Gone(OriginKind end = OriginKind.Released) => Profile.IsPrivileged ? Unknown(end) : Value.Unwritten;

    /// <summary>The special fields of objects of a type.</summary>
    public ImmutableArray<SpecialField> FieldsOf(TypeReference type)
    {
        if (_fields.TryGetValue(type, out var known)) return known;
        return _fields[type] = SpecialField.Find(type.Types, type.Id);
    }

    /// <summary>Counts the instruction in the path's history, once: it was jumped to, or it spills to or fills from the stack.</summary>
    public void NoteStep()
    {
        if (_isNoted) return;
        _isNoted = true;
        Now.HistoryLength++;
    }

    /// <summary>Notes that a proof needs a number exactly.</summary>
    public static void NeedExactly(Value value)
    {
        if (value.IsScalar) value.Origin?.MakePrecise();
    }

    [DoesNotReturn]
    public static void Reject(Rule rule, string detail, Value? value = null, string? advice = null) => throw new RejectedException(rule, detail, value, advice);

    // Returns whether the path ends here.
    private bool Step()
    {
        if (Slot < 0 || Slot >= Program.Instructions.Length) Reject(VerifierRules.Structure, $"control leaves the program at slot {Slot}");
        if (++Processed > Profile.Budget)
            Reject(VerifierRules.TooComplex, $"the proof took more than {Profile.Budget} instructions and was not finished");
        if (Flow.Checkpoints[Slot] && _memory.IsProven()) return true;
        _isNoted = false;
        if (Flow.JumpPoints[Slot]) NoteStep();
        if (Visited.Length > 0) Visited[Slot] = true;
        Observer?.Invoke(Slot, Now);
        var x = Code;
        _next = Slot + 1;
        if (Program.Missing.TryGetValue(Slot, out string? missing)) Reject(VerifierRules.Feature, missing);
        return Now.IsSpeculative ? ExecuteAhead(x) : Execute(x);
    }

    private bool ExecuteAhead(Instruction x)
    {
        if (Speculation.EndsBefore) return true;
        try
        {
            return Execute(x) || Speculation.EndsBehind(Slot);
        }
        catch (RejectedException rejected) when (Speculation.Stops(rejected))
        {
            return true;
        }
    }

    // Returns whether the path ends here.
    private bool Execute(Instruction x)
    {
        switch (x.Class)
        {
            case InstructionClass.Alu32 or InstructionClass.Alu64:
                _arithmetic.Step(x);
                return false;
            case InstructionClass.Load when x.IsWide:
                _next = Slot + 2;
                _arithmetic.LoadWide(x, Program.Instructions[Slot + 1]);
                return false;
            case InstructionClass.Load:
                _calls.LoadPacket(x);
                return false;
            case InstructionClass.LoadX:
                Memory.Load(x);
                return false;
            case InstructionClass.Store:
                Memory.StoreConstant(x);
                return false;
            case InstructionClass.StoreX:
                Memory.Store(x);
                return false;
            case InstructionClass.Jump or InstructionClass.Jump32:
                Jumped++;
                if (x.IsExit) return _calls.Exit();
                if (x.IsCall || x.Opcode is Opcodes.CallRegister) return _calls.Call(x);
                _jumps.Step(x);
                return false;
            default:
                Reject(VerifierRules.Structure, $"unknown instruction class of opcode 0x{x.Opcode:x2}");
                return true;
        }
    }
}
