// SPDX-License-Identifier: MIT
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Execution;

/// <content>Functions of the program, and helpers.</content>
internal unsafe ref partial struct Interpreter
{
    // Each function has a frame of its own below its caller's; the frames of callers stay within reach.
    private bool Enter(int slot, ulong* r)
    {
        if (_state->Depth + 1 == MaxFrames)
        {
            _run.StopTooDeep();
            return false;
        }

        _frames[_state->Depth++ - _bottom] = new() { ReturnSlot = slot + 1, R6 = r[6], R7 = r[7], R8 = r[8], R9 = r[9], FramePointer = r[10] };
        r[10] -= FrameBytes;
        ClearFrame(r[10]);
        ResizeStack();
        return true;
    }

    private int Leave(ulong* r)
    {
        ref var frame = ref _frames[--_state->Depth - _bottom];
        (r[6], r[7], r[8], r[9], r[10]) = (frame.R6, frame.R7, frame.R8, frame.R9, frame.FramePointer);
        ResizeStack();
        return frame.ReturnSlot;
    }

    private void ResizeStack()
    {
        ulong length = (ulong)(_state->Depth + 1) * FrameBytes;
        bool wasLast = _last.Start == _stack.Start;
        _memory.Stack = _stack = _memory.Stack with { Start = _run.StackTop - length, Length = length };
        if (wasLast) _last = _stack;
    }

    private bool CallHelperByNumber(int slot, ulong number, ulong* r)
    {
        _state->Slot = slot;
        r[0] = _run.CallHelperByNumber(number, r + 1);
        return HasReturned();
    }

    private bool CallHelper(int slot, int place, ulong* r)
    {
        _state->Slot = slot;
        r[0] = _run.CallHelper(place, r + 1);
        return HasReturned();
    }

    // Memory may have moved or gone meanwhile, and a function that the helper called back has had frames of its own.
    private bool HasReturned()
    {
        _memory.Stack = _last = _stack;
        return _state->Fault == 0;
    }
}
