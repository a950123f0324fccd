// SPDX-License-Identifier: MIT
using System.Numerics;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Register;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Registers;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <content>Loads and stores, in checked code each after a check unless it is plain that it stays in its own frame.</content>
internal sealed partial class Arm64Compiler
{
    private bool Memory(int slot, DecodedInstruction i)
    {
        switch (i.Operation)
        {
            case Operation.LoadByte: Load(slot, i, 1, signed: false); break;
            case Operation.LoadHalf: Load(slot, i, 2, signed: false); break;
            case Operation.LoadWord: Load(slot, i, 4, signed: false); break;
            case Operation.LoadDouble: Load(slot, i, 8, signed: false); break;
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
            case >= Operation.LoadAcquireByte and <= Operation.LoadAcquireDouble:
                int loaded = 1 << (i.Operation - Operation.LoadAcquireByte);
                _a.LoadAcquire(Host(i.Destination), ReachAligned(slot, i.Source, i.Target, loaded, MemoryRights.Read), loaded);
                break;
            case >= Operation.StoreReleaseByte and <= Operation.StoreReleaseDouble:
                int stored = 1 << (i.Operation - Operation.StoreReleaseByte);
                _a.StoreRelease(ReachAligned(slot, i.Destination, i.Target, stored, MemoryRights.Write), Host(i.Source), stored);
                break;
            case >= Operation.AtomicAdd32 and <= Operation.AtomicCompareExchange64: Atomic(slot, i); break;
            default: return false;
        }

        return true;
    }

    private void Load(int slot, DecodedInstruction i, int bytes, bool signed) =>
        _a.Load(Host(i.Destination), Reach(slot, i.Source, i.Target, bytes, MemoryRights.Read), bytes, signed);

    private void Store(int slot, DecodedInstruction i, int bytes) =>
        _a.Store(Reach(slot, i.Destination, i.Target, bytes, MemoryRights.Write), Host(i.Source), bytes);

    private void StoreConstant(int slot, DecodedInstruction i, int bytes)
    {
        var place = Reach(slot, i.Destination, i.Target, bytes, MemoryRights.Write);
        // X9 may be the address.
        if (i.Immediate != 0) _a.Move(X10, Whole(i.Immediate, wide: bytes == sizeof(ulong)));
        _a.Store(place, i.Immediate == 0 ? Zero : X10, bytes);
    }

    /// <summary>Makes sure that the program may use memory; uses X9 to X12.</summary>
    private Arm64Operand Reach(int slot, int register, int displacement, int bytes, MemoryRights rights)
    {
        if (_isTrusted || IsInFrame(register, displacement, bytes)) return Place(Host(register), displacement, bytes);
        var address = Address(register, displacement);
        Check(slot, address, bytes, rights);
        return Arm64Operand.At(address);
    }

    /// <summary>The same for an access that has no displacement and must be aligned; a verifier sees to that itself.</summary>
    private Arm64Register ReachAligned(int slot, int register, int displacement, int bytes, MemoryRights rights)
    {
        var address = Address(register, displacement);
        if (_isTrusted) return address;
        bool isInFrame = IsInFrame(register, displacement, bytes);
        if (!isInFrame) Check(slot, address, bytes, rights);
        if (bytes == 1 || (isInFrame && displacement % bytes == 0)) return address;
        Combine(Arm64Logic.AndFlags, true, Zero, address, bytes - 1);
        int misaligned = _a.NewLabel();
        _a.Jump(Arm64Condition.NotEqual, misaligned);
        _detours.Add(new(DetourKind.Misaligned, misaligned, slot) { Address = address });
        return address;
    }

    // Nothing writes the frame pointer, so this is within the frame every time.
    private static bool IsInFrame(int register, int displacement, int bytes) =>
        Host(register) == Frame && displacement >= -FrameBytes && displacement + bytes <= 0;

    private void Check(int slot, Arm64Register address, int bytes, MemoryRights rights)
    {
        int limit = BitOperations.Log2((uint)bytes) * sizeof(ulong);
        Load(X10, RunState.LastStartOffset, sizeof(ulong));
        Load(X11, RunState.LastLimitsOffset + limit, sizeof(ulong));
        _a.Alu(Arm64Alu.Sub, true, X10, address, X10);
        _a.Alu(Arm64Alu.SubFlags, true, Zero, X10, X11);
        int find = _a.NewLabel(), found = _a.NewLabel();
        _a.Jump(Arm64Condition.AboveOrEqual, find);
        _a.Bind(found);
        _detours.Add(new(DetourKind.Find, find, slot) { Back = found, Address = address, Request = FindRequest.Of(slot, bytes, rights) });
    }

    private Arm64Register Address(int register, int displacement)
    {
        if (displacement == 0) return Host(register);
        AddConstant(true, X9, Host(register), displacement);
        return X9;
    }

    private Arm64Operand Place(Arm64Register address, int displacement, int bytes)
    {
        if (Arm64Operand.HasRoomFor(displacement, bytes)) return Arm64Operand.At(address, displacement);
        _a.Move(X9, (ulong)displacement);
        return new(address, 0, X9);
    }
}
