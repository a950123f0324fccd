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

        return Stop(FaultKind.BadAccess, MemoryReport.Of(_memory, address, size, rights), address);
    }

    private bool IsAligned(byte* at, uint size) =>
        ((ulong)at & (size - 1)) == 0 || Stop(FaultKind.Misaligned, $"an atomic access of {size} bytes at 0x{(ulong)at:x}, which is not a multiple of {size}", (ulong)at);
}
