// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Compilation.X64Register;
using static Ruche.Bpf.Machine.Compilation.X64Registers;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>Lookups in arrays that are known when the code is made: where a value lies is a multiplication.</content>
internal sealed partial class X64Compiler
{
    private const int MapRegister = 1;
    private const int KeyRegister = 2;
    private const int LookBack = 16;

    /// <summary>The array that a call looks up in, when the block says so.</summary>
    private ArrayMap? ArrayOf(int slot)
    {
        for (int before = slot - 1; before >= 0 && before >= slot - LookBack; before--)
        {
            if (_layout.IsTarget(before + 1) || _layout.IsFunction(before + 1)) return null;
            if (_layout.IsPadding(before)) continue;
            var i = _code[before];
            if ((_flow.Use(before).Writes & (1 << MapRegister)) == 0)
            {
                if (!CodeLayout.FallsThrough(i.Operation) || i.Operation is Operation.CallLocal or Operation.CallRegister) return null;
                continue;
            }

            return i.Operation is Operation.LoadWide && _maps.At((ulong)i.Immediate) is ArrayMap { Stride: <= int.MaxValue, MaxEntries: <= int.MaxValue } array ? array : null;
        }

        return null;
    }

    private void LookUp(int slot, ArrayMap array)
    {
        // The key is mostly on the stack, and then needs no check: what R2 stands for is asked before it is settled.
        var known = ValueOf(KeyRegister);
        bool isOnStack = known is { Kind: DeferredKind.Sum, Base: FramePointer, Index: < 0, IsNarrow: false };
        SettleAll(_flow.LiveBefore(slot));
        var key = isOnStack ? known : DeferredValue.Of(KeyRegister);
        _x.Load(Rax, Reach(slot, key, sizeof(uint), isWrite: false), sizeof(uint));
        int none = _x.NewLabel(), end = _x.NewLabel();
        _x.Alu(X64Alu.Compare, false, Rax, (int)array.MaxEntries);
        _x.Jump(X64Condition.AboveOrEqual, none);
        if (long.IsPow2(array.Stride)) _x.Shift(X64Shift.Left, true, Rax, (int)long.Log2(array.Stride));
        else _x.Multiply(true, Rax, Rax, (int)array.Stride);
        _x.Move(R11, (ulong)array.Start);
        _x.Alu(X64Alu.Add, true, Rax, R11);
        if (!_isTrusted && array.Rights is MemoryRights.ReadWrite && array.ValueSize >= sizeof(ulong)) Expect(array.ValueSize);
        _x.Bind(end);
        _detours.Add(new(DetourKind.NoElement, none, end, slot));
        _short = _flow.ShortAfter(slot, _short);
    }

    // What the program is about to touch is the value, as after any lookup.
    private void Expect(int length)
    {
        var limits = Limits.Of((ulong)length);
        _x.Store(X64Operand.At(State, RunState.LastStartOffset), Rax, sizeof(ulong));
        for (int i = 0; i < Unsafe.SizeOf<Limits>() / sizeof(ulong); i++)
            _x.Store(X64Operand.At(State, RunState.LastLimitsOffset + (i * sizeof(ulong))), (int)limits[i], sizeof(ulong));
    }
}
