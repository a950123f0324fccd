// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;
using static Ruche.Bpf.Machine.Compilation.X64Register;
using static Ruche.Bpf.Machine.Compilation.X64Registers;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>Atomic operations.</content>
internal sealed partial class X64Compiler
{
    private void Atomic(int slot, in DecodedInstruction i)
    {
        bool wide = i.Operation >= Operation.AtomicAdd64;
        var narrow = wide ? i.Operation - (Operation.AtomicAdd64 - Operation.AtomicAdd32) : i.Operation;
        SettleBytes();
        Settle(i.Source);
        if (narrow is Operation.AtomicCompareExchange32) Settle(0);
        int written = _flow.Use(slot).Writes;
        for (int register = 0; written >> register != 0; register++)
            if ((written & (1 << register)) != 0) Redefine(register, slot, 1 << i.Destination);
        var address = Reach(slot, AddressOf(i.Destination, i.Target), wide ? 8 : 4, isWrite: true, mustAlign: true);
        var source = Host(i.Source);
        switch (narrow)
        {
            case Operation.AtomicAdd32: _x.LockedAlu(X64Alu.Add, wide, address, source); break;
            case Operation.AtomicOr32: _x.LockedAlu(X64Alu.Or, wide, address, source); break;
            case Operation.AtomicAnd32: _x.LockedAlu(X64Alu.And, wide, address, source); break;
            case Operation.AtomicXor32: _x.LockedAlu(X64Alu.Xor, wide, address, source); break;
            case Operation.AtomicFetchAdd32: _x.LockedExchangeAdd(wide, address, source); break;
            case Operation.AtomicExchange32: _x.Exchange(wide, address, source); break;
            case Operation.AtomicCompareExchange32:
                _x.LockedCompareExchange(wide, address, source);
                if (!wide) _x.Move(false, Rax, Rax);
                break;
            case Operation.AtomicFetchOr32: Fetch(i, wide, address, X64Alu.Or); break;
            case Operation.AtomicFetchAnd32: Fetch(i, wide, address, X64Alu.And); break;
            default: Fetch(i, wide, address, X64Alu.Xor); break;
        }

        _short = _flow.ShortAfter(slot, _short);
    }

    // The processor fetches only sums: the others are tried until nobody came between.
    private void Fetch(in DecodedInstruction i, bool wide, X64Operand address, X64Alu combine)
    {
        var source = Host(i.Source);
        _x.LoadAddress(true, R11, address);
        _x.Push(Budget);
        _x.Move(true, Budget, source);
        if (source != Rax) _x.Keep(Rax);
        _x.Load(Rax, X64Operand.At(R11), wide ? 8 : 4);
        int again = _x.NewLabel();
        _x.Bind(again);
        _x.Move(wide, R10, Rax);
        _x.Alu(combine, wide, R10, Budget);
        _x.LockedCompareExchange(wide, X64Operand.At(R11), R10);
        _x.Jump(X64Condition.NotEqual, again);
        _x.Pop(Budget);
        if (source == Rax) return;
        _x.Move(wide, source, Rax);
        _x.Restore(Rax);
    }
}
