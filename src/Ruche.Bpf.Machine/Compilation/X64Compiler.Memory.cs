// SPDX-License-Identifier: MIT
using System.Numerics;
using Ruche.Bpf.Machine.Code;
using static Ruche.Bpf.Machine.Compilation.X64Register;
using static Ruche.Bpf.Machine.Compilation.X64Registers;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>Loads and stores, in checked code each after a check unless it is plain that it stays in its own frame.</content>
internal sealed partial class X64Compiler
{
    private const int FramePointer = 10;
    private const int LookAhead = 12;

    private bool Memory(int slot, DecodedInstruction i)
    {
        switch (i.Operation)
        {
            case Operation.LoadByte: Load(slot, i, 1); break;
            case Operation.LoadHalf: Load(slot, i, 2); break;
            case Operation.LoadWord: Load(slot, i, 4); break;
            case Operation.LoadDouble: Load(slot, i, 8); break;
            case Operation.LoadSignedByte: Load(slot, i, 1, signed: true); break;
            case Operation.LoadSignedHalf: Load(slot, i, 2, signed: true); break;
            case Operation.LoadSignedWord: Load(slot, i, 4, signed: true); break;
            case Operation.StoreByte: Store(slot, i, 1); break;
            case Operation.StoreHalf: Store(slot, i, 2); break;
            case Operation.StoreWord: Store(slot, i, 4); break;
            case Operation.StoreDouble: Store(slot, i, 8); break;
            case Operation.StoreImmediateByte: StoreConstant(slot, i, 1); break;
            case Operation.StoreImmediateHalf: StoreConstant(slot, i, 2); break;
            case Operation.StoreImmediateWord: StoreConstant(slot, i, 4); break;
            case Operation.StoreImmediateDouble: StoreConstant(slot, i, 8); break;
            // The processor never lets a load pass a load, nor a store a store: acquire and release are what it does anyway.
            case >= Operation.LoadAcquireByte and <= Operation.LoadAcquireDouble: Load(slot, i, 1 << (i.Operation - Operation.LoadAcquireByte), mustAlign: true); break;
            case >= Operation.StoreReleaseByte and <= Operation.StoreReleaseDouble: Store(slot, i, 1 << (i.Operation - Operation.StoreReleaseByte), mustAlign: true); break;
            case >= Operation.AtomicAdd32 and <= Operation.AtomicCompareExchange64: Atomic(slot, i); break;
            default: return false;
        }

        return true;
    }

    private void Load(int slot, DecodedInstruction i, int bytes, bool signed = false, bool mustAlign = false)
    {
        Redefine(i.Destination, slot, 0);
        var address = AddressOf(i.Source, i.Target);
        if (bytes < 8 && !signed && !mustAlign && IsPartOfNumber(slot, i.Destination))
        {
            _slotOfBytes[i.Destination] = slot;
            Defer(i.Destination, address with { Kind = DeferredKind.Bytes, Bytes = bytes });
            return;
        }

        _x.Load(Host(i.Destination), Reach(slot, address, bytes, isWrite: false, mustAlign), bytes, signed);
        Now(i.Destination, slot);
    }

    private void Store(int slot, DecodedInstruction i, int bytes, bool mustAlign = false)
    {
        SettleBytes();
        AddressOf(i.Destination, i.Target);
        var from = HostOf(i.Source, wide: bytes == 8);
        // Finding the value may have settled the address, not the other way round a second time.
        var address = AddressOf(i.Destination, i.Target);
        _x.Store(Reach(slot, address, bytes, isWrite: true, mustAlign), from, bytes);
    }

    private void StoreConstant(int slot, DecodedInstruction i, int bytes)
    {
        SettleBytes();
        _x.Store(Reach(slot, AddressOf(i.Destination, i.Target), bytes, isWrite: true), (int)i.Immediate, bytes);
    }

    /// <summary>The address that a register and a displacement give.</summary>
    private DeferredValue AddressOf(int register, int displacement)
    {
        if (WideSum(register).Plus(displacement) is { } address) return address;
        Settle(register);
        return DeferredValue.Of(register).Plus(displacement)!.Value;
    }

    /// <summary>Whether a loaded value is about to be shifted or joined with others, as compilers load numbers that are not aligned.</summary>
    private bool IsPartOfNumber(int slot, int register)
    {
        for (int next = slot + 1; next < _code.Length && next <= slot + LookAhead && !_layout.IsTarget(next); next++)
        {
            var i = _code[next];
            var use = _flow.Use(next);
            if ((use.Reads & (1 << register)) != 0)
            {
                return i.Operation is Operation.Or32 or Operation.Or64
                    || (i.Operation is Operation.Lsh32Immediate or Operation.Lsh64Immediate && i.Immediate % 8 == 0);
            }

            if ((use.Writes & (1 << register)) != 0 || !CodeLayout.FallsThrough(i.Operation) || CodeLayout.IsJump(i.Operation)) return false;
        }

        return false;
    }

    /// <summary>Makes sure that the program may use memory; uses R10 and R11.</summary>
    private X64Operand Reach(int slot, DeferredValue address, int bytes, bool isWrite, bool mustAlign = false)
    {
        var operand = Address(address);
        if (_isTrusted) return operand;
        // Nothing writes the frame pointer, so this is within the frame every time.
        bool isInFrame = address is { Base: FramePointer, Index: < 0 } && address.Displacement >= -FrameBytes && address.Displacement + bytes <= 0;
        mustAlign &= bytes > 1 && !(isInFrame && address.Displacement % bytes == 0);
        if (isInFrame && !mustAlign) return operand;

        int limit = BitOperations.Log2((uint)bytes) * sizeof(ulong);
        _x.LoadAddress(true, R10, operand);
        _x.Alu(X64Alu.Sub, true, R10, X64Operand.At(State, RunState.LastStartOffset));
        _x.Alu(X64Alu.Compare, true, R10, X64Operand.At(State, RunState.LastLimitsOffset + limit));
        int find = _x.NewLabel(), found = _x.NewLabel();
        _x.Jump(X64Condition.AboveOrEqual, find);
        _x.Bind(found);
        _detours.Add(new(DetourKind.Find, find, found, slot) { Operand = operand, Bytes = bytes, IsWrite = isWrite });
        if (mustAlign)
        {
            _x.LoadAddress(true, R10, operand);
            _x.Test(false, R10, bytes - 1);
            int misaligned = _x.NewLabel();
            _x.Jump(X64Condition.NotEqual, misaligned);
            _detours.Add(new(DetourKind.Misaligned, misaligned, -1, slot) { Operand = operand });
        }

        return operand;
    }
}
