// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Memory;

namespace Ruche.Bpf.Machine.Execution;

/// <content>Which memory an instruction may touch.</content>
internal unsafe ref partial struct Interpreter
{
    // Most accesses are to the stack or to where the last one was.
    // SAFETY: what this lets through lies in a region of the run, all of it, and may be used as asked; regions outlive the run.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Reach(ulong address, uint size, MemoryRights rights, out byte* at)
    {
        at = (byte*)address;
        return _stack.Allows(address, size, rights) || _last.Allows(address, size, rights) || Find(address, size, rights);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Find(ulong address, uint size, MemoryRights rights)
    {
        if (_memory.TryFind(address, size, rights, out var found))
        {
            _last = found;
            return true;
        }

        _run.StopAt(address, size, rights);
        return false;
    }

    private readonly bool IsAligned(byte* at, uint size)
    {
        if (((ulong)at & (size - 1)) == 0) return true;
        _state->Fault = (int)FaultKind.Misaligned + 1;
        _state->Arguments[0] = (ulong)at;
        return false;
    }
}
