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
    private MachineMap? MapOf(int slot) => LoadOfMap(slot) is >= 0 and var load ? _maps.At((ulong)_code[load].Immediate) : null;

    /// <summary>The instruction that says in which map a call looks up; -1 when none of the block does.</summary>
    private int LoadOfMap(int slot)
    {
        for (int before = slot - 1; before >= 0 && before >= slot - LookBack; before--)
        {
            if (_layout.IsTarget(before + 1) || _layout.IsFunction(before + 1)) return -1;
            if (_layout.IsPadding(before)) continue;
            var i = _code[before];
            if ((_flow.Use(before).Writes & (1 << MapRegister)) == 0)
            {
                if (!CodeLayout.FallsThrough(i.Operation) || i.Operation is Operation.CallLocal or Operation.CallRegister) return -1;
                continue;
            }

            return i.Operation is Operation.LoadWide ? before : -1;
        }

        return -1;
    }

    /// <summary>Whether a load does nothing but say in which map a lookup that is made here looks: the detour to the runtime says it again.</summary>
    private bool IsOnlyForLookup(int load)
    {
        const int Map = 1 << MapRegister;
        if (_code[load].Destination != MapRegister) return false;
        for (int slot = _layout.Next(load); slot < _code.Length && slot <= load + LookBack; slot = _layout.Next(slot))
        {
            if (_layout.IsTarget(slot) || _layout.IsFunction(slot)) return false;
            if (_code[slot].Operation is Operation.LookupElement)
                return (_flow.LiveAfter(slot) & Map) == 0 && LoadOfMap(slot) == load && MapOf(slot) is { } map && CanLookUp(map);
            if (((_flow.Use(slot).Reads | _flow.Use(slot).Writes) & Map) != 0 || !CodeLayout.FallsThrough(_code[slot].Operation) || CodeLayout.IsJump(_code[slot].Operation))
                return false;
        }

        return false;
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
        int absent = TakeNullCheck(slot) ?? end;
        if (map is HashMap hash) Probe(slot, hash, key, none, absent, end);
        else Index(map, key, none);
        if (!_isTrusted && map.Rights is MemoryRights.ReadWrite) Expect(map.ValueSize);
        _x.Bind(end);
        _detours.Add(new(DetourKind.NoElement, none, absent, slot));
        _short = _flow.ShortAfter(slot, _short);
    }

    // Where the program goes when there is no element, if it asks at once: the lookup knows already.
    private int? TakeNullCheck(int slot)
    {
        int next = slot + 1;
        if (next >= _code.Length || _layout.IsTarget(next) || _layout.IsFunction(next)) return null;
        if (_code[next] is not { Operation: Operation.JumpEqual64Immediate, Destination: 0, Immediate: 0 } check) return null;
        if (!_isTrusted && check.Target <= next) return null; // it takes from the budget
        _skipped = 1;
        return _slots + check.Target;
    }

    // The key is mostly on the stack, and then needs no check: what R2 stands for is asked before it is settled.
    private X64Operand ReachKey(int slot, int length)
    {
        var known = ValueOf(KeyRegister);
        bool isOnStack = known is { Kind: DeferredKind.Sum, Base: FramePointer, Index: < 0, IsNarrow: false };
        int unused = isOnStack ? ~_flow.LiveAfter(slot) & (1 << KeyRegister) : 0;
        SettleAll(_flow.LiveBefore(slot) & ~unused);
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
        long stride = array?.Stride ?? ((PerCpuArrayMap)map).EntryStride;
        int scale = stride is 1 or 2 or 4 or 8 ? (int)long.Log2(stride) : 0;
        if (scale == 0) Scale(Rax, stride);
        if (map is PerCpuArrayMap values)
        {
            OffsetOfCpu(map, values.Stride, none);
            _x.Alu(X64Alu.Add, true, Rax, R11);
        }

        _x.Move(R11, (ulong)(array?.Start ?? ((PerCpuArrayMap)map).Start));
        _x.LoadAddress(true, Rax, new(R11, Rax, scale, 0));
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

    // RAX: the value. R10: the table's head. A bucket is read at one moment, and an entry is put in and taken out at one: when the bucket is empty,
    // the key is not there, and an element whose key is read as one word and found was there. What goes beyond that counts only when the version
    // has not changed meanwhile and is even. Else the runtime looks.
    private void Probe(int slot, HashMap map, X64Operand key, int none, int absent, int end)
    {
        int other = _x.NewLabel(), found = _x.NewLabel();
        bool isOneWord = map.KeySize <= sizeof(ulong);
        _x.Move(R10, (ulong)map.Table.Head);
        if (!isOneWord) KeepVersion();
        LoadBucket(map, key);
        _x.Test(true, Rax, Rax);
        _x.Jump(X64Condition.Equal, absent);
        if (map.KeySize > sizeof(uint)) Compare(map, key, other);
        else
        {
            _x.Alu(X64Alu.Compare, false, R11, X64Operand.At(Rax, map.Table.KeyOffset));
            _x.Jump(X64Condition.NotEqual, other);
        }

        if (!isOneWord) CheckVersion(other);
        _x.Bind(found);
        if (map.IsLru) MarkUsed();
        if (map.IsPerCpu)
        {
            OffsetOfCpu(map, map.Stride, none);
            _x.Alu(X64Alu.Add, true, Rax, R11);
        }

        _detours.Add(new(DetourKind.Walk, other, end, slot) { Operand = key, Aside = found, Absent = absent });
    }

    // The bucket from its start, with the version known before.
    private void Walk(Detour detour)
    {
        int slot = detour.Slot;
        int loop = _x.NewLabel(), next = _x.NewLabel(), last = _x.NewLabel(), changed = _x.NewLabel();
        int load = LoadOfMap(slot);
        var map = (HashMap)_maps.At((ulong)_code[load].Immediate)!;
        KeepVersion();
        LoadBucket(map, detour.Operand);
        _x.Bind(loop);
        _x.Test(true, Rax, Rax);
        _x.Jump(X64Condition.Equal, last);
        Compare(map, detour.Operand, next);
        if (map.KeySize > sizeof(ulong)) CheckVersion(changed);
        _x.Jump(detour.Aside);

        _x.Bind(next);
        _x.Load(Rax, X64Operand.At(Rax, -Unsafe.SizeOf<Element>()), sizeof(ulong));
        CompareVersion();
        _x.Jump(X64Condition.Equal, loop);
        _x.Jump(changed);

        _x.Bind(last);
        CheckVersion(changed);
        _x.Jump(detour.Absent);

        _x.Bind(changed);
        _x.LoadAddress(true, Host(KeyRegister), detour.Operand);
        _x.Move(Host(MapRegister), (ulong)_code[load].Immediate);
        CallRuntime(slot, _code[slot].Target);
        if (detour.Absent != detour.Back)
        {
            _x.Test(true, Rax, Rax);
            _x.Jump(X64Condition.Equal, detour.Absent);
        }

        _x.Jump(detour.Back);
    }

    private void KeepVersion()
    {
        _x.Load(R11, X64Operand.At(R10), sizeof(int));
        _x.Store(X64Operand.At(State, RunState.VersionOffset), R11, sizeof(int));
    }

    private void LoadBucket(HashMap map, X64Operand key)
    {
        Hash(key, map.KeySize);
        _x.Shift(X64Shift.Right, map.KeySize > sizeof(uint), Rax, map.Table.Shift + (map.KeySize > sizeof(uint) ? 32 : 0));
        _x.Load(Rax, new X64Operand(R10, Rax, 3, ElementTable.BucketsOffset), sizeof(ulong));
    }

    // RAX: what KeyHash says of the key; in the upper half, when the key is longer than four bytes. R11 is a key of four bytes.
    private void Hash(X64Operand key, int length)
    {
        if (length == sizeof(uint))
        {
            _x.Load(R11, key, length);
            _x.Multiply(false, Rax, R11, unchecked((int)KeyHash.ShortFactor));
            return;
        }

        if (length == sizeof(ulong)) _x.Load(Rax, key, length);
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

        _x.Move(true, R11, Rax);
        _x.Shift(X64Shift.Right, true, R11, 32);
        _x.Alu(X64Alu.Xor, true, Rax, R11);
        _x.Move(R11, KeyHash.Factor);
        _x.Multiply(true, Rax, R11);
    }

    private void Mix(X64Operand word)
    {
        _x.Shift(X64Shift.RotateLeft, true, Rax, KeyHash.Rotation);
        _x.Alu(X64Alu.Xor, true, Rax, word);
        _x.Multiply(true, Rax, R11);
    }

    private void Compare(HashMap map, X64Operand key, int different)
    {
        int length = map.KeySize;
        for (int at = 0; at < length; at += sizeof(ulong))
        {
            int bytes = Math.Min(length, sizeof(ulong));
            int from = Math.Min(at, length - bytes); // the last word may have been compared in part
            _x.Load(R11, Behind(key, from), bytes);
            _x.Alu(X64Alu.Compare, bytes == sizeof(ulong), R11, X64Operand.At(Rax, map.Table.KeyOffset + from));
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
