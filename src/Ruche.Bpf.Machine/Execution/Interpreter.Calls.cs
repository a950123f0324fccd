// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Execution;

/// <content>Functions of the program, and helpers.</content>
internal unsafe ref partial struct Interpreter
{
    // Each function has a frame of its own below its caller's; the frames of callers stay within reach.
    private bool Enter(int slot, ulong* r)
    {
        if (_depth + 1 == MaxFrames) return Stop(FaultKind.CallsTooDeep, $"more than {MaxFrames} functions are running");
        _frames[_depth++] = new() { ReturnSlot = slot + 1, R6 = r[6], R7 = r[7], R8 = r[8], R9 = r[9], FramePointer = r[10] };
        r[10] -= FrameBytes;
        ClearFrame(r[10]);
        ResizeStack();
        return true;
    }

    private int Leave(ulong* r)
    {
        ref var frame = ref _frames[--_depth];
        (r[6], r[7], r[8], r[9], r[10]) = (frame.R6, frame.R7, frame.R8, frame.R9, frame.FramePointer);
        ResizeStack();
        return frame.ReturnSlot;
    }

    // The stack is the last region that was added.
    private void ResizeStack()
    {
        ulong length = (ulong)(_depth + 1) * FrameBytes;
        bool wasLast = _last.Start == _stack.Start;
        _stack = _memory.Resize(_memory.Regions.Count - 1, _stackTop - length, length);
        if (wasLast) _last = _stack;
    }

    private bool CallHelperByNumber(ulong number, ulong* r)
    {
        int place = number <= int.MaxValue ? _helpers.IndexOf((int)number) : -1;
        return place >= 0 ? CallHelper(place, r) : Stop(FaultKind.BadCall, $"calls 0x{number:x}, which is no function");
    }

    private bool CallHelper(int place, ulong* r)
    {
        try
        {
            r[0] = _helpers[place](new(new(r + 1, 5), _memory));
            return true;
        }
        catch (MemoryFaultException e)
        {
            return Stop(FaultKind.BadAccess, $"the helper was about to be {e.Message}", e.Address, e);
        }
        catch (Exception e)
        {
            return Stop(FaultKind.HelperFailed, $"the helper failed: {e.Message}", exception: e);
        }
    }
}
