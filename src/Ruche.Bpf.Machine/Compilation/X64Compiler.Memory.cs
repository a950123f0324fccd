// SPDX-License-Identifier: MIT
using System.Numerics;
using Iced.Intel;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Memory;
using static Iced.Intel.AssemblerRegisters;
using static Ruche.Bpf.Machine.Compilation.X64Registers;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>Loads, stores and atomic operations, each after a check unless it is plain that it stays in its own frame.</content>
internal sealed partial class X64Compiler
{
    private const int FramePointer = 10;

    private bool Memory(int slot, DecodedInstruction i)
    {
        var o = i.Operation;
        switch (o)
        {
            case Operation.LoadByte or Operation.LoadAcquireByte: _c.movzx(Narrow[i.Destination], __byte_ptr[Checked(slot, i, i.Source, 1, MemoryRights.Read, o)]); break;
            case Operation.LoadHalf or Operation.LoadAcquireHalf: _c.movzx(Narrow[i.Destination], __word_ptr[Checked(slot, i, i.Source, 2, MemoryRights.Read, o)]); break;
            case Operation.LoadWord or Operation.LoadAcquireWord: _c.mov(Narrow[i.Destination], __dword_ptr[Checked(slot, i, i.Source, 4, MemoryRights.Read, o)]); break;
            case Operation.LoadDouble or Operation.LoadAcquireDouble: _c.mov(Wide[i.Destination], __qword_ptr[Checked(slot, i, i.Source, 8, MemoryRights.Read, o)]); break;
            case Operation.LoadSignedByte: _c.movsx(Wide[i.Destination], __byte_ptr[Checked(slot, i, i.Source, 1, MemoryRights.Read, o)]); break;
            case Operation.LoadSignedHalf: _c.movsx(Wide[i.Destination], __word_ptr[Checked(slot, i, i.Source, 2, MemoryRights.Read, o)]); break;
            case Operation.LoadSignedWord: _c.movsxd(Wide[i.Destination], __dword_ptr[Checked(slot, i, i.Source, 4, MemoryRights.Read, o)]); break;
            case Operation.StoreByte or Operation.StoreReleaseByte: _c.mov(__byte_ptr[Checked(slot, i, i.Destination, 1, MemoryRights.Write, o)], Low[i.Source]); break;
            case Operation.StoreHalf or Operation.StoreReleaseHalf: _c.mov(__word_ptr[Checked(slot, i, i.Destination, 2, MemoryRights.Write, o)], Short[i.Source]); break;
            case Operation.StoreWord or Operation.StoreReleaseWord: _c.mov(__dword_ptr[Checked(slot, i, i.Destination, 4, MemoryRights.Write, o)], Narrow[i.Source]); break;
            case Operation.StoreDouble or Operation.StoreReleaseDouble: _c.mov(__qword_ptr[Checked(slot, i, i.Destination, 8, MemoryRights.Write, o)], Wide[i.Source]); break;
            case Operation.StoreImmediateByte: _c.mov(__byte_ptr[Checked(slot, i, i.Destination, 1, MemoryRights.Write, o)], (sbyte)i.Immediate); break;
            case Operation.StoreImmediateHalf: _c.mov(__word_ptr[Checked(slot, i, i.Destination, 2, MemoryRights.Write, o)], (short)i.Immediate); break;
            case Operation.StoreImmediateWord: _c.mov(__dword_ptr[Checked(slot, i, i.Destination, 4, MemoryRights.Write, o)], (int)i.Immediate); break;
            case Operation.StoreImmediateDouble: _c.mov(__qword_ptr[Checked(slot, i, i.Destination, 8, MemoryRights.Write, o)], (int)i.Immediate); break;
            case >= Operation.AtomicAdd32 and <= Operation.AtomicCompareExchange32: AtomicNarrow(i, Checked(slot, i, i.Destination, 4, MemoryRights.ReadWrite, o)); break;
            case >= Operation.AtomicAdd64 and <= Operation.AtomicCompareExchange64: AtomicWide(i, Checked(slot, i, i.Destination, 8, MemoryRights.ReadWrite, o)); break;
            default: return false;
        }

        return true;
    }

    private AssemblerMemoryOperand Checked(int slot, DecodedInstruction i, byte address, uint size, MemoryRights rights, Operation operation)
    {
        bool mustAlign = operation >= Operation.AtomicAdd32 && size > 1;
        // Nothing writes the frame pointer, so this is within the frame every time.
        if (address == FramePointer && i.Target >= -FrameBytes && i.Target + (int)size <= 0 && (!mustAlign || i.Target % size == 0)) return rbp + i.Target;

        int limit = BitOperations.Log2(size) * sizeof(ulong);
        var (found, search, tryLast) = (_c.CreateLabel(), _c.CreateLabel(), _c.CreateLabel());
        _c.lea(r11, __[Wide[address] + i.Target]);
        _c.mov(r10, r11);
        _c.sub(r10, __qword_ptr[State + RunState.LastStartOffset]);
        _c.cmp(r10, __qword_ptr[State + RunState.LastLimitsOffset + limit]);
        _c.ja(tryLast);
        _c.Label(ref found);
        if (mustAlign) Align(slot, size);
        _outOfLine.Add(() =>
        {
            _c.Label(ref tryLast);
            _c.mov(r10, r11);
            _c.sub(r10, __qword_ptr[State + RunState.StackStartOffset]);
            _c.cmp(r10, __qword_ptr[State + RunState.StackLimitsOffset + limit]);
            _c.jbe(found);
            _c.mov(__dword_ptr[State + RunState.SlotOffset], slot);
            _c.mov(r10d, (int)(size | ((uint)rights << 8)));
            _c.call(_findThunk);
            _c.jmp(found);
        });
        return r11 + 0;
    }

    private void Align(int slot, uint size)
    {
        var misaligned = _c.CreateLabel();
        _c.test(r11b, (sbyte)(size - 1));
        _c.jne(misaligned);
        _outOfLine.Add(() =>
        {
            _c.Label(ref misaligned);
            _c.mov(__qword_ptr[State + RunState.ArgumentsOffset], r11);
            Fail(slot, FaultKind.Misaligned);
        });
    }

    private void AtomicWide(DecodedInstruction i, AssemblerMemoryOperand at)
    {
        var source = Wide[i.Source];
        var memory = __qword_ptr[at];
        switch (i.Operation)
        {
            case Operation.AtomicAdd64: _c.@lock.add(memory, source); break;
            case Operation.AtomicOr64: _c.@lock.or(memory, source); break;
            case Operation.AtomicAnd64: _c.@lock.and(memory, source); break;
            case Operation.AtomicXor64: _c.@lock.xor(memory, source); break;
            case Operation.AtomicFetchAdd64: _c.@lock.xadd(memory, source); break;
            case Operation.AtomicExchange64: _c.xchg(memory, source); break;
            case Operation.AtomicCompareExchange64: _c.@lock.cmpxchg(memory, source); break;
            case Operation.AtomicFetchOr64: Fetch(i, memory, operand => _c.or(r9, operand)); break;
            case Operation.AtomicFetchAnd64: Fetch(i, memory, operand => _c.and(r9, operand)); break;
            default: Fetch(i, memory, operand => _c.xor(r9, operand)); break;
        }
    }

    private void AtomicNarrow(DecodedInstruction i, AssemblerMemoryOperand at)
    {
        var source = Narrow[i.Source];
        var memory = __dword_ptr[at];
        switch (i.Operation)
        {
            case Operation.AtomicAdd32: _c.@lock.add(memory, source); break;
            case Operation.AtomicOr32: _c.@lock.or(memory, source); break;
            case Operation.AtomicAnd32: _c.@lock.and(memory, source); break;
            case Operation.AtomicXor32: _c.@lock.xor(memory, source); break;
            case Operation.AtomicFetchAdd32: _c.@lock.xadd(memory, source); break;
            case Operation.AtomicExchange32: _c.xchg(memory, source); break;
            case Operation.AtomicCompareExchange32:
                _c.@lock.cmpxchg(memory, source);
                _c.mov(eax, eax);
                break;
            case Operation.AtomicFetchOr32: FetchNarrow(i, memory, operand => _c.or(r9, operand)); break;
            case Operation.AtomicFetchAnd32: FetchNarrow(i, memory, operand => _c.and(r9, operand)); break;
            default: FetchNarrow(i, memory, operand => _c.xor(r9, operand)); break;
        }
    }

    // The processor fetches only sums: the others are tried until nobody came between.
    private void Fetch(DecodedInstruction i, AssemblerMemoryOperand memory, Action<AssemblerRegister64> combine)
    {
        var again = _c.CreateLabel();
        _c.mov(r10, rax);
        _c.mov(rax, memory);
        _c.Label(ref again);
        _c.mov(r9, rax);
        combine(i.Source == 0 ? r10 : Wide[i.Source]);
        _c.@lock.cmpxchg(memory, r9);
        _c.jne(again);
        if (i.Source == 0) return;
        _c.mov(Wide[i.Source], rax);
        _c.mov(rax, r10);
    }

    private void FetchNarrow(DecodedInstruction i, AssemblerMemoryOperand memory, Action<AssemblerRegister64> combine)
    {
        var again = _c.CreateLabel();
        _c.mov(r10, rax);
        _c.mov(eax, memory);
        _c.Label(ref again);
        _c.mov(r9d, eax);
        combine(i.Source == 0 ? r10 : Wide[i.Source]);
        _c.@lock.cmpxchg(memory, r9d);
        _c.jne(again);
        _c.mov(eax, eax);
        if (i.Source == 0) return;
        _c.mov(Wide[i.Source], rax);
        _c.mov(rax, r10);
    }
}
