// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Register;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Registers;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <content>Atomic operations. Those that fetch are ordered with everything around them, the others with nothing, as in the kernel.</content>
internal sealed partial class Arm64Compiler
{
    private void Atomic(int slot, DecodedInstruction i)
    {
        bool wide = i.Operation >= Operation.AtomicAdd64;
        var narrow = wide ? i.Operation - (Operation.AtomicAdd64 - Operation.AtomicAdd32) : i.Operation;
        var address = ReachAligned(slot, i.Destination, i.Target, wide ? 8 : 4, MemoryRights.Write);
        var source = Host(i.Source);
        switch (narrow)
        {
            case Operation.AtomicAdd32: _a.Change(Arm64Atomic.Add, wide, source, address); break;
            case Operation.AtomicOr32: _a.Change(Arm64Atomic.Or, wide, source, address); break;
            case Operation.AtomicXor32: _a.Change(Arm64Atomic.Xor, wide, source, address); break;
            case Operation.AtomicAnd32: _a.Change(Arm64Atomic.Clear, wide, Inverted(wide, source), address); break;
            case Operation.AtomicFetchAdd32: _a.Fetch(Arm64Atomic.Add, wide, source, source, address); break;
            case Operation.AtomicFetchOr32: _a.Fetch(Arm64Atomic.Or, wide, source, source, address); break;
            case Operation.AtomicFetchXor32: _a.Fetch(Arm64Atomic.Xor, wide, source, source, address); break;
            case Operation.AtomicFetchAnd32: _a.Fetch(Arm64Atomic.Clear, wide, source, Inverted(wide, source), address); break;
            case Operation.AtomicExchange32: _a.Fetch(Arm64Atomic.Exchange, wide, source, source, address); break;
            default: _a.CompareExchange(wide, Result, source, address); break;
        }
    }

    // The processor clears what it is given.
    private Arm64Register Inverted(bool wide, Arm64Register register)
    {
        _a.Invert(wide, X10, register);
        return X10;
    }
}
