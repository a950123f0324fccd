// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Compilation.X64Register;
using static Ruche.Bpf.Machine.Compilation.X64Registers;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>
/// Lookups in maps that are known when the code is made: in arrays a multiplication, in hash tables the way that
/// <see cref="ElementTable"/> goes, which the runtime goes again when the table changes meanwhile.
/// </content>
internal sealed partial class X64Compiler
{
    private const int MapRegister = 1;
    private const int KeyRegister = 2;
    private const int LookBack = 16;
    private const int LongestKey = 64;

    /// <summary>The map that a call looks up in, when the block says so.</summary>
    private MachineMap? MapOf(int slot)
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

            return i.Operation is Operation.LoadWide ? _maps.At((ulong)i.Immediate) : null;
        }

        return null;
    }

    private static bool CanLookUp(MachineMap map) => map switch
    {
        ArrayMap array => array is { Stride: <= int.MaxValue, MaxEntries: <= int.MaxValue },
        PerCpuArrayMap array => array is { EntryStride: <= int.MaxValue, MaxEntries: <= int.MaxValue },
        HashMap => map.KeySize is sizeof(uint) or (>= sizeof(ulong) and <= LongestKey),
        _ => false,
    };

    private void LookUp(int slot, MachineMap map)
    {
        var key = ReachKey(slot, map.KeySize);
        int none = _x.NewLabel(), end = _x.NewLabel();
        if (map is HashMap hash) Probe(slot, hash, key, none, end);
        else Index(map, key, none);
        if (!_isTrusted && map.Rights is MemoryRights.ReadWrite) Expect(map.ValueSize);
        _x.Bind(end);
        _detours.Add(new(DetourKind.NoElement, none, end, slot));
        _short = _flow.ShortAfter(slot, _short);
    }

    // The key is mostly on the stack, and then needs no check: what R2 stands for is asked before it is settled.
    private X64Operand ReachKey(int slot, int length)
    {
        var known = ValueOf(KeyRegister);
        bool isOnStack = known is { Kind: DeferredKind.Sum, Base: FramePointer, Index: < 0, IsNarrow: false };
        SettleAll(_flow.LiveBefore(slot));
        var key = isOnStack ? known : DeferredValue.Of(KeyRegister);
        if (length < sizeof(ulong)) return Reach(slot, key, length, isWrite: false);
        for (int at = sizeof(ulong); at <= length - sizeof(ulong); at += sizeof(ulong)) _ = Reach(slot, key.Plus(at)!.Value, sizeof(ulong), isWrite: false);
        if (length % sizeof(ulong) != 0) _ = Reach(slot, key.Plus(length - sizeof(ulong))!.Value, sizeof(ulong), isWrite: false);
        return Reach(slot, key, sizeof(ulong), isWrite: false);
    }

    private void Index(MachineMap map, X64Operand key, int none)
    {
        _x.Load(Rax, key, sizeof(uint));
        _x.Alu(X64Alu.Compare, false, Rax, (int)map.MaxEntries);
        _x.Jump(X64Condition.AboveOrEqual, none);
        var array = map as ArrayMap;
        Scale(Rax, array?.Stride ?? ((PerCpuArrayMap)map).EntryStride);
        if (map is PerCpuArrayMap values)
        {
            OffsetOfCpu(map, values.Stride, none);
            _x.Alu(X64Alu.Add, true, Rax, R11);
        }

        _x.Move(R11, (ulong)(array?.Start ?? ((PerCpuArrayMap)map).Start));
        _x.Alu(X64Alu.Add, true, Rax, R11);
    }

    // R11: how far the value of this CPU lies behind that of the first one.
    private void OffsetOfCpu(MachineMap map, int stride, int none)
    {
        _x.Load(R11, X64Operand.At(State, RunState.CpuOffset), sizeof(uint));
        _x.Alu(X64Alu.Compare, false, R11, map.CpuCount);
        _x.Jump(X64Condition.AboveOrEqual, none);
        Scale(R11, stride);
    }

    private void Scale(X64Register register, long by)
    {
        if (long.IsPow2(by)) _x.Shift(X64Shift.Left, true, register, (int)long.Log2(by));
        else _x.Multiply(true, register, register, (int)by);
    }

    // RAX: the value. R10: the table's head. A key that is read as one word and found was there; that none is there, or a key of several words,
    // counts only when the version has not changed meanwhile and is even. Else the runtime looks.
    private void Probe(int slot, HashMap map, X64Operand key, int none, int end)
    {
        int changed = _x.NewLabel(), next = _x.NewLabel(), over = _x.NewLabel(), loop = _x.NewLabel();
        _x.Move(R10, (ulong)map.Table.Head);
        _x.Load(R11, X64Operand.At(R10), sizeof(int));
        _x.Store(X64Operand.At(State, RunState.VersionOffset), R11, sizeof(int));
        Hash(key, map.KeySize);
        _x.Alu(X64Alu.And, false, Rax, (int)map.Table.Mask);
        _x.Load(Rax, new X64Operand(R10, Rax, 3, ElementTable.BucketsOffset), sizeof(ulong));
        _x.Bind(loop);
        _x.Test(true, Rax, Rax);
        _x.Jump(X64Condition.Equal, over);
        Compare(key, map.KeySize, next);
        if (map.KeySize > sizeof(ulong)) CheckVersion(changed);
        if (map.IsLru) MarkUsed();
        _x.Alu(X64Alu.Add, true, Rax, map.Table.PayloadOffset);
        if (map.IsPerCpu)
        {
            OffsetOfCpu(map, map.Stride, none);
            _x.Alu(X64Alu.Add, true, Rax, R11);
        }

        _detours.Add(new(DetourKind.NextElement, next, loop, slot) { Aside = changed });
        _detours.Add(new(DetourKind.LastElement, over, end, slot) { Aside = changed });
        _detours.Add(new(DetourKind.LookUp, changed, end, slot));
    }

    // RAX: what KeyHash says of the key.
    private void Hash(X64Operand key, int length)
    {
        if (length <= sizeof(ulong)) _x.Load(Rax, key, length);
        else if (length == 2 * sizeof(ulong))
        {
            _x.Load(Rax, key, sizeof(ulong));
            _x.Move(R11, KeyHash.Factor);
            _x.Multiply(true, Rax, R11);
            Mix(Behind(key, sizeof(ulong)));
        }
        else
        {
            _x.Move(Rax, (ulong)length);
            _x.Move(R11, KeyHash.Factor);
            for (int at = 0; at + sizeof(ulong) <= length; at += sizeof(ulong)) Mix(Behind(key, at));
            Mix(Behind(key, length - sizeof(ulong)));
        }

        if (length > sizeof(uint))
        {
            _x.Move(true, R11, Rax);
            _x.Shift(X64Shift.Right, true, R11, 32);
            _x.Alu(X64Alu.Xor, true, Rax, R11);
        }

        _x.Move(R11, KeyHash.Factor);
        _x.Multiply(true, Rax, R11);
        _x.Shift(X64Shift.Right, true, Rax, 32);
    }

    private void Mix(X64Operand word)
    {
        _x.Shift(X64Shift.RotateLeft, true, Rax, KeyHash.Rotation);
        _x.Alu(X64Alu.Xor, true, Rax, word);
        _x.Multiply(true, Rax, R11);
    }

    private void Compare(X64Operand key, int length, int different)
    {
        for (int at = 0; at < length; at += sizeof(ulong))
        {
            int bytes = Math.Min(length, sizeof(ulong));
            int from = Math.Min(at, length - bytes); // the last word may have been compared in part
            _x.Load(R11, Behind(key, from), bytes);
            _x.Alu(X64Alu.Compare, bytes == sizeof(ulong), R11, X64Operand.At(Rax, ElementTable.KeyOffset + from));
            _x.Jump(X64Condition.NotEqual, different);
        }
    }

    private void CompareVersion()
    {
        _x.Load(R11, X64Operand.At(R10), sizeof(int));
        _x.Alu(X64Alu.Compare, false, R11, X64Operand.At(State, RunState.VersionOffset));
    }

    private void CheckVersion(int changed)
    {
        CompareVersion();
        _x.Jump(X64Condition.NotEqual, changed);
        _x.Test(false, R11, 1);
        _x.Jump(X64Condition.NotEqual, changed);
    }

    private void MarkUsed()
    {
        int isMarked = _x.NewLabel();
        _x.Alu(X64Alu.Compare, false, X64Operand.At(Rax, Element.IsUsedOffset), 0);
        _x.Jump(X64Condition.NotEqual, isMarked);
        _x.Store(X64Operand.At(Rax, Element.IsUsedOffset), 1, sizeof(uint));
        _x.Bind(isMarked);
    }

    private static X64Operand Behind(X64Operand place, int offset) => place with { Displacement = place.Displacement + offset };

    // What the program is about to touch is the value, as after any lookup.
    private void Expect(int length)
    {
        var limits = Limits.Of((ulong)length);
        _x.Store(X64Operand.At(State, RunState.LastStartOffset), Rax, sizeof(ulong));
        for (int i = 0; i < Unsafe.SizeOf<Limits>() / sizeof(ulong); i++)
            _x.Store(X64Operand.At(State, RunState.LastLimitsOffset + (i * sizeof(ulong))), (int)limits[i], sizeof(ulong));
    }
}
