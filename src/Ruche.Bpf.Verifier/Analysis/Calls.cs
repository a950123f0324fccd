// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Calls of the program's own functions, callbacks, and ways out.</summary>
internal sealed class Calls
{
    private const int MaxFrames = 8;

    private readonly Walk _walk;
    private readonly HelperCalls _helpers;
    private readonly KernelCalls _kernel;
    private readonly GlobalFunctions _globals;
    private int _asyncEntries;

    public Calls(Walk walk)
    {
        _walk = walk;
        _globals = new(walk);
        _helpers = new(walk, this);
        _kernel = new(walk, this);
    }

    /// <summary>Looks at a call; returns whether the path ends with it.</summary>
    public bool Call(Instruction x)
    {
        if (x.Opcode is Opcodes.CallRegister) Walk.Reject(VerifierRules.Feature, "calls through a register are not known to the kernel");
        if (_walk.Now.LockCount > 0) CheckUnderLock(x);
        if (x.IsLocalCall)
        {
            CallFunction(_walk.Slot + 1 + x.Immediate);
            return false;
        }

        return x.IsKernelCall ? _kernel.Call(x) : _helpers.Call(x);
    }

    /// <summary>Looks at an exit; returns whether the path ends with it.</summary>
    public bool Exit()
    {
        if (_walk.Now.Frames.Count > 1)
        {
            // Before 6.9 a lock is released where it was taken.
            if (!_walk.Profile.Has(6, 9) && _walk.Now.LockCount > 0) CheckGivenBack("a function returns", mayHoldObjects: true);
            Return();
            return false;
        }

        CheckGivenBack("the program returns");
        ReturnValues.Check(_walk, _globals);
        return true;
    }

    /// <summary>Without a handler, what is thrown is what the program returns.</summary>
    public void CheckThrown() => ReturnValues.Check(_walk, _globals, Register.R1);

    /// <summary>A program that throws ends at once, with all that it holds given back by the kernel's exception handler.</summary>
    public void CheckGivenBack(string what, bool mayHoldObjects = false)
    {
        var state = _walk.Now;
        foreach (var reference in state.References)
        {
            switch (reference.Kind)
            {
                case ReferenceKind.Object when !mayHoldObjects:
                    Walk.Reject(VerifierRules.ReferenceLeak, $"{what} while what was acquired {At(reference)} is not released");
                    break;
                case ReferenceKind.SpinLock or ReferenceKind.ResilientLock or ReferenceKind.ResilientLockInterruptsOff:
                    Walk.Reject(VerifierRules.Locks, $"{what} while a lock is held, which was taken {At(reference)}");
                    break;
                case ReferenceKind.InterruptFlags:
                    Walk.Reject(VerifierRules.Sections, $"{what} with interrupts off, which were switched off {At(reference)}");
                    break;
            }
        }

        if (state.RcuLocks > 0) Walk.Reject(VerifierRules.Sections, $"{what} in an RCU read section");
        if (state.PreemptLocks > 0) Walk.Reject(VerifierRules.Sections, $"{what} with preemption off");
    }

    /// <summary>Leaves a callback to be looked at: its state has another function on top, whose arguments the caller fills in.</summary>
    public void PushCallback(int function, CallbackKind kind, Action<Frame, Frame> setArguments, bool maySleep = false)
    {
        var walk = _walk;
        if (walk.Now.Frames.Count >= MaxFrames) Walk.Reject(VerifierRules.CallDepth, $"calls nest more than {MaxFrames} deep");
        if (kind is CallbackKind.Later)
        {
            PushAsync(function, setArguments, maySleep);
            return;
        }

        var caller = walk.Now.Top;
        var state = walk.Fork(function);
        var frame = new Frame(state.Frames.Count, walk.Slot, function) { Callback = kind };
        setArguments(frame, state.Top);
        state.Top.CallbackRounds++;
        state.CallbackDepth++;
        state.Push(frame);
        caller.CallbackRounds = 0;
    }

    /// <summary>
    /// What ends a called function from within, a tail call or a load beyond the packet, returns to its caller: that way is looked at too.
    /// </summary>
    public void ForkReturn()
    {
        var walk = _walk;
        if (walk.Now.Frames.Count < 2) return;
        int callSite = walk.Now.Top.CallSite;
        if (walk.Now.Top.Callback is not CallbackKind.None) Walk.Reject(VerifierRules.HelperAvailable, "a callback cannot be left by a tail call");
        var state = walk.Fork(callSite + 1);
        int frame = state.Pop().Number;
        DropStackPointers(state, frame);
        state[Register.R0] = walk.Unknown(OriginKind.Call);
        var gone = walk.Gone();
        state.Replace(v => v.IsPacket || v.Kind is ValueKind.PacketEnd || v.Has(ValueFlags.DynamicPointerMemory) ? gone : v);
    }

    /// <summary>Old loads from a packet.</summary>
    public void LoadPacket(Instruction x)
    {
        if (_walk.Program.Type is not (ProgramType.SocketFilter or ProgramType.SchedCls or ProgramType.SchedAct))
            Walk.Reject(VerifierRules.HelperAvailable, "only socket filters and tc programs may load from the packet by LD_ABS and LD_IND");
        CheckGivenBack("LD_ABS and LD_IND may end the program, which they do");
        var context = _walk.Read(Register.R6);
        if (context.Kind is not ValueKind.Context) Walk.Reject(VerifierRules.Argument, $"R6 must be the context for LD_ABS and LD_IND, and is {Describe.Value(context)}", context);
        if (x.Mode is MemoryMode.Indirect) _walk.Read(x.Source);
        if (_walk.Profile.Has(6, 12)) ForkReturn();
        ClearArguments();
        _walk.Write(Register.R0, _walk.Unknown(OriginKind.Load));
    }

    private string At(AcquiredReference reference) =>
        _walk.Program.SourceOf(reference.Slot) is { } place ? $"at line {place.Line}: `{place.Text}`" : $"at instruction {reference.Slot}";

    private void CheckUnderLock(Instruction x)
    {
        bool isAllowed = x switch
        {
            { IsHelperCall: true } => (HelperId)x.Immediate is HelperId.SpinUnlock,
            { IsKernelCall: true } => _walk.Program.KernelCalls.TryGetValue(_walk.Slot, out string? name) && KernelCalls.MayHappenUnderLock(name, _walk.Profile),
            { IsLocalCall: true } => _walk.Profile.Has(6, 9),
            _ => true,
        };
        if (!isAllowed) Walk.Reject(VerifierRules.Locks, "a function is called while a lock is held");
    }

    private void CallFunction(int function)
    {
        var walk = _walk;
        if (_globals.IsGlobal(function))
        {
            if (walk.Now.LockCount > 0) Walk.Reject(VerifierRules.Locks, "a global function is called while a lock is held", null, "make the function static");
            if (walk.Now.PreemptLocks > 0 && !walk.Profile.Has(6, 13)) Walk.Reject(VerifierRules.Sections, "a global function is called with preemption off", null, "make the function static");
            if (walk.Now.PreemptLocks > 0 || walk.Now.InterruptsSaved != 0 || walk.Now.RcuLocks > 0) _globals.CheckMayNotSleep(function);
            _globals.CheckCall(function);
            walk.CalledGlobals.Add(function);
            ClearArguments();
            if (!(walk.Profile.Has(7, 0) && _globals.ReturnsNothing(function))) walk.Write(Register.R0, walk.Unknown(OriginKind.Call));
            if (walk.Profile.Has(6, 2) && _globals.ChangesPacket(function)) PacketPointers.Invalidate(walk);
            walk.GoTo(walk.Slot + 1);
            return;
        }

        if (walk.Now.Frames.Count >= MaxFrames) Walk.Reject(VerifierRules.CallDepth, $"calls nest more than {MaxFrames} deep");
        var frame = new Frame(walk.Now.Frames.Count, walk.Slot, function);
        for (var register = Register.R1; register <= Register.R5; register++) frame[register] = walk.Now[register];
        ClearArguments();
        walk.Now.Push(frame);
        walk.GoTo(function);
    }

    private void ClearArguments()
    {
        for (var register = Register.R0; register <= Register.R5; register++) _walk.Now[register] = Value.Unwritten;
    }

    private void PushAsync(int function, Action<Frame, Frame> setArguments, bool maySleep)
    {
        var walk = _walk;
        var frame = new Frame(0, -1, function) { Callback = CallbackKind.Later, AsyncEntry = ++_asyncEntries };
        setArguments(frame, walk.Now.Top);
        var state = new State(frame) { Parent = walk.Now.Parent, FirstSlot = walk.Now.FirstSlot, Depth = walk.Now.Depth, Path = walk.Now.Path, IsSleepable = maySleep };
        walk.PushState(state, function);
    }

    private void Return()
    {
        var walk = _walk;
        var result = walk.Now[Register.R0];
        if (result.Kind is ValueKind.Stack) Walk.Reject(VerifierRules.StackBounds, "a function returns a pointer to its stack, which is gone then", result);
        var callee = walk.Now.Top;
        var state = walk.Now;
        if (callee.Callback is CallbackKind.None)
        {
            state.Pop();
            DropStackPointers(state, callee.Number);
            state[Register.R0] = result;
            walk.GoTo(callee.CallSite + 1);
            return;
        }

        if (!result.IsScalar) Walk.Reject(VerifierRules.ReturnValue, $"a callback returns {Describe.Value(result)}", result);
        Walk.NeedExactly(result);
        if (result.Range.SignedLeast < 0 || result.Range.SignedGreatest > 1)
            Walk.Reject(VerifierRules.ReturnValue, $"a callback returns {Describe.Range(result.Range)}, and only 0 and 1 mean something", result);
        state.Pop();
        DropStackPointers(state, callee.Number);
        // The call that called back is looked at again: it may call back once more, or return.
        if (walk.EarlierAt(callee.CallSite) is { } earlier) Widening.Widen(earlier, state, walk.Slot);
        walk.GoTo(callee.CallSite);
    }

    private static void DropStackPointers(State state, int frame) => state.Replace(v => v.Kind is ValueKind.Stack && v.Frame == frame ? Value.Unwritten : v);
}
