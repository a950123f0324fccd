// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Tests;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <content>What programs are made of.</content>
internal sealed partial class CarelessProgram
{
    private const int DeepestNesting = 3;
    private const int SlotsInUse = 12;
    private const int SlotBytes = 8;

    private Held[] _held = new Held[11];
    private Held[] _spilled = new Held[SlotsInUse];
    private int _depth;
    private int _callers;
    private bool _isCallback;

    // R6 keeps the context.
    private void Main()
    {
        _held[1] = new(HeldKind.Context);
        Move(Register.R6, Register.R1);
        Steps(_random.Next(5, 40));
        Leave();
    }

    private void Callee()
    {
        Begin(2);
        Steps(_random.Next(2, 12));
        Leave();
    }

    private void Callback()
    {
        Begin(1);
        _held[2] = new(HeldKind.Stack, Room: SlotsInUse * SlotBytes);
        _isCallback = true;
        Steps(_random.Next(2, 10));
        Leave();
        _isCallback = false;
    }

    private void Begin(int arguments)
    {
        for (int i = 1; i <= arguments; i++) _held[i] = new(HeldKind.Number);
    }

    private void Leave()
    {
        if (_isCallback) Add(Insn.Mov64(Register.R0, _random.Next(Forgets() ? 3 : 2)));
        else if (_held[0].Kind is not HeldKind.Number && !Forgets()) Add(Insn.Mov64(Register.R0, Constant()));
        Add(Insn.Exit());
    }

    private void Steps(int count)
    {
        for (; count > 0; count--) Step();
    }

    private void Step()
    {
        switch (_random.Next(26))
        {
            case < 4: Arithmetic(); break;
            case 4: Number(Any()); break;
            case 5: Copy(); break;
            case 6 or 7: Bound(Number()); break;
            case 8: PacketPointers(); break;
            case 9: PacketRoom(); break;
            case 10: ValuePointer(); break;
            case 11 or 12: Access(Pointer()); break;
            case 13 or 14: Wander(); break;
            case 15: Spill(); break;
            case 16: Fill(); break;
            case 17: StackAccess(); break;
            case 18: Atomic(); break;
            case 19 or 20 when _depth < DeepestNesting: Skip(); break;
            case 21 when _depth < DeepestNesting && !_isUnprivileged: Loop(); break;
            case 22 when _depth < DeepestNesting && !_isUnprivileged: Call(); break;
            case 23 when _depth < DeepestNesting - 1 && !_isUnprivileged && Chance(0.3): MayGoto(); break;
            case 24: TestNull(); break;
            default: Arithmetic(); break;
        }
    }

    private void Arithmetic()
    {
        var to = Number();
        bool isWide = Chance(0.6);
        switch (_random.Next(8))
        {
            case 0: Add(isWide ? Insn.Neg64(to) : Insn.Neg32(to)); break;
            case 1: Add(Insn.Endian(Pick([EndianOperation.ToLittle, EndianOperation.ToBig, EndianOperation.Swap]), to, Pick([16, 32, 64]))); break;
            case 2: Add(isWide ? Insn.MovSx64(to, Number(), Pick([8, 16, 32])) : Insn.MovSx32(to, Number(), Pick([8, 16]))); break;
            case 3 or 4: Combine(to, Number(), isWide); break;
            default: Combine(to, isWide); break;
        }

        _held[(int)to] = new(HeldKind.Number);
    }

    private void Combine(Register to, Register from, bool isWide)
    {
        var operation = Pick(Operations.Binary);
        Add(isWide ? Insn.Alu64(operation, to, from) : Insn.Alu32(operation, to, from));
    }

    private void Combine(Register to, bool isWide)
    {
        var operation = Pick(Operations.Binary);
        int constant = Constant();
        if (operation is AluOperation.Lsh or AluOperation.Rsh or AluOperation.Arsh) constant &= Forgets() ? 127 : isWide ? 63 : 31;
        else if (operation is AluOperation.Div or AluOperation.Mod && constant == 0 && !Forgets()) constant = 7;
        Add(isWide ? Insn.Alu64(operation, to, constant) : Insn.Alu32(operation, to, constant));
    }

    // A number that nobody knows before the run, most often.
    private void Number(Register to)
    {
        switch (_random.Next(7))
        {
            case 0:
                int constant = _random.Next(2) == 0 ? _random.Next(64) : Constant();
                Add(Insn.Mov64(to, constant));
                _held[(int)to] = new(HeldKind.Number, constant >= 0 ? (ulong)constant : ulong.MaxValue);
                return;
            case 1:
                Add(Insn.LoadWide(to, (ulong)_random.NextInt64(long.MinValue, long.MaxValue)));
                break;
            case 2 when Find(HeldKind.Context) is { } context:
                Add(Insn.Load(MemoryWidth.Word, to, context, _type is ProgramType.Xdp ? Pick<short>([12, 16]) : Pick<short>([0, 8, 16])));
                break;
            case 3 or 4 when Find(HeldKind.Value) is { } value && _held[(int)value].Room >= 8:
                var width = Pick(Operations.Widths);
                Add(width is not MemoryWidth.Double && Chance(0.3) ? Insn.LoadSigned(width, to, value, 0) : Insn.Load(width, to, value, 0));
                break;
            case 5:
                AfterCall(() => Add(Insn.Call(HelperId.GetPrandomU32)));
                Move(to, Register.R0);
                return;
            default:
                Add(Insn.Load(MemoryWidth.Double, to, Register.R10, (short)(-SlotBytes * _random.Next(1, SlotsInUse + 1))));
                break;
        }

        _held[(int)to] = new(HeldKind.Number);
    }

    private void Copy() => Move(Any(), Known());

    // Makes a number small, in one of the ways that people do it.
    private void Bound(Register number)
    {
        int most = Pick([0, 1, 7, 15, 31, 56, 60, 63, 100, 255]);
        var copy = number;
        if (Chance(0.3))
        {
            copy = Other(number);
            Move(copy, number);
        }

        int slot = -1;
        if (Chance(0.2))
        {
            slot = _random.Next(SlotsInUse);
            Store(slot, number);
        }

        switch (_random.Next(9))
        {
            case 0: Add(Insn.Alu64(AluOperation.And, copy, most)); number = copy; slot = -1; break;
            case 1: Add(Insn.Alu32(AluOperation.And, copy, most)); number = copy; slot = -1; break;
            case 2: Add(Insn.Alu64(AluOperation.Rsh, copy, 64 - _random.Next(1, 7))); number = copy; most = 63; slot = -1; break;
            case 3: Unless(JumpOperation.LessOrEqual, copy, most, isWide: true); break;
            case 4: Unless(JumpOperation.Less, copy, most + 1, isWide: true); break;
            case 5:
                Unless(JumpOperation.SignedLessOrEqual, copy, most, isWide: true);
                if (!Forgets()) Unless(JumpOperation.SignedGreaterOrEqual, copy, 0, isWide: true);
                break;
            case 6:
                if (!Forgets()) Add(Insn.Mov32(copy, copy));
                number = copy;
                slot = -1;
                Unless(JumpOperation.LessOrEqual, copy, most, isWide: false);
                break;
            case 7: Unless(JumpOperation.Equal, copy, most, isWide: true); break;
            default:
                var border = Other(copy);
                if (border == number) number = copy;
                Add(Insn.Mov64(border, most));
                _held[(int)border] = new(HeldKind.Number, (ulong)most);
                Unless(Pick([JumpOperation.LessOrEqual, JumpOperation.Less]), copy, border);
                break;
        }

        var held = new Held(HeldKind.Number, (ulong)most);
        _held[(int)number] = _held[(int)copy] = held;
        if (slot >= 0) _spilled[slot] = held;
    }

    private void PacketPointers()
    {
        if (_type is not ProgramType.Xdp)
        {
            if (Find(HeldKind.Context) != Register.R6) return;
            if (Chance(0.5)) AfterCall(() => Add(Insn.LoadPacket(Pick([MemoryWidth.Byte, MemoryWidth.Half, MemoryWidth.Word]), _random.Next(20))));
            else if (Find(HeldKind.Number) is { } index) AfterCall(() => Add(Insn.LoadPacket(MemoryWidth.Byte, index, _random.Next(20))));
            return;
        }

        if (Find(HeldKind.Context) is not { } context) return;
        var (start, end) = (Saved(), Saved());
        if (start == end) return;
        Add(Insn.Load(MemoryWidth.Word, start, context, 0), Insn.Load(MemoryWidth.Word, end, context, 4));
        (_held[(int)start], _held[(int)end]) = (new(HeldKind.Packet), new(HeldKind.PacketEnd));
        PacketRoom();
    }

    // Compares a place some way behind a packet pointer with the packet's end.
    private void PacketRoom()
    {
        if (Find(HeldKind.Packet) is not { } packet || Find(HeldKind.PacketEnd) is not { } end) return;
        var probe = Other(packet);
        if (probe == end) return;
        int room = _random.Next(1, 50), believed = Forgets() ? room + 1 : room;
        Add(Insn.Mov64(probe, packet), Insn.Alu64(AluOperation.Add, probe, room));
        _held[(int)probe] = default;
        switch (_random.Next(4))
        {
            case 0: Unless(JumpOperation.LessOrEqual, probe, end); break;
            case 1: Unless(JumpOperation.GreaterOrEqual, end, probe); break;
            case 2: Unless(JumpOperation.Less, probe, end); break;
            default: Unless(JumpOperation.Greater, end, probe); break;
        }

        _held[(int)packet] = _held[(int)packet] with { Room = Math.Max(believed, _held[(int)packet].Room) };
    }

    private void ValuePointer()
    {
        var to = Any();
        if (Chance(0.4))
        {
            int offset = _random.Next(ValueSize);
            AddReference(to, new Reference.MapValue(_code.Count, "values", offset));
            _held[(int)to] = new(HeldKind.Value, Room: ValueSize - offset);
            return;
        }

        bool isTable = Chance(0.5);
        var key = Find(HeldKind.Number);
        AfterCall(() =>
        {
            if (key is { } number && Chance(0.7)) Store(0, number);
            else if (!Forgets()) StoreConstant(0, _random.Next(6));
            Add(Insn.Mov64(Register.R2, Register.R10), Insn.Alu64(AluOperation.Add, Register.R2, -SlotBytes));
            AddReference(Register.R1, new Reference.Map(_code.Count, isTable ? "table" : "values"));
            Add(Insn.Call(HelperId.MapLookupElem));
        });
        _held[0] = new(Forgets() ? HeldKind.Value : HeldKind.ValueOrNull, Room: ValueSize);
        if (Chance(0.8)) TestNull();
    }

    private void TestNull()
    {
        if (Find(HeldKind.ValueOrNull) is not { } pointer) return;
        if (Chance(0.3)) Move(Saved(), pointer);
        Unless(JumpOperation.NotEqual, pointer, 0, isWide: true);
        // All copies are known to be there: a pointer that may be null cannot be moved away from its beginning.
        for (int i = 0; i < _held.Length; i++)
        {
            if (_held[i].Kind is HeldKind.ValueOrNull && (i == (int)pointer || Chance(0.2))) _held[i] = _held[i] with { Kind = HeldKind.Value };
        }
    }

    private void Access(Register pointer)
    {
        var width = Pick(Operations.Widths);
        int bytes = Bytes(width), room = _held[(int)pointer].Room;
        int at = Forgets() ? _random.Next(-8, Math.Max(room, 0) + 8) : room >= bytes ? _random.Next(room - bytes + 1) : -1;
        if (at < 0 && !Forgets()) return;
        if (_held[(int)pointer].Kind is HeldKind.Stack) at &= -bytes;
        bool isWritable = Chance(0.5);
        if (isWritable && Chance(0.3)) Add(Insn.Store(width, pointer, (short)at, Constant()));
        else if (isWritable) Add(Insn.Store(width, pointer, (short)at, Number()));
        else
        {
            var to = Any();
            Add(Insn.Load(width, to, pointer, (short)at));
            _held[(int)to] = new(HeldKind.Number, bytes < 8 ? (1UL << (bytes * 8)) - 1 : ulong.MaxValue);
        }
    }

    // Somewhere that only the run knows. The pointer comes first: a number plus a frame pointer is a story of its own.
    private void Wander()
    {
        var pointer = Pointer();
        var index = Number();
        var held = _held[(int)pointer];
        if (index == pointer) return;
        if (_held[(int)index].Most >= (ulong)held.Room && held.Kind is not HeldKind.Packet && !Forgets())
        {
            if (held.Room < 9) return;
            Add(Insn.Alu64(AluOperation.And, index, Pick([1, 7, 8])));
            _held[(int)index] = new(HeldKind.Number, 8);
        }

        var most = _held[(int)index].Most;
        if (most > 0xffff && !Forgets()) return;
        var moved = Other(index);
        Move(moved, pointer);
        Add(Insn.Alu64(Chance(0.9) || held.Kind is not HeldKind.Value ? AluOperation.Add : AluOperation.Sub, moved, index));
        _held[(int)moved] = held with { Room = held.Kind is HeldKind.Packet ? 0 : held.Room - (int)Math.Min(most, 0xffff) };
        if (held.Kind is HeldKind.Packet) PacketRoom();
        Access(moved);
    }

    private void Spill() => Store(_random.Next(SlotsInUse), Known());

    private void Fill()
    {
        int slot = _random.Next(SlotsInUse);
        for (int i = 0; i < SlotsInUse && _spilled[slot].Kind is HeldKind.Nothing; i++) slot = (slot + 1) % SlotsInUse;
        var to = Any();
        Add(Insn.Load(MemoryWidth.Double, to, Register.R10, (short)(-SlotBytes * (slot + 1))));
        _held[(int)to] = _spilled[slot].Kind is HeldKind.Nothing ? new(HeldKind.Number) : _spilled[slot];
    }

    // A part of a slot: what was spilled there is gone, or its lower half is read.
    private void StackAccess()
    {
        var width = Pick(Operations.Widths);
        int bytes = Bytes(width), slot = _random.Next(SlotsInUse);
        short at = (short)((-SlotBytes * (slot + 1)) + (_random.Next(SlotBytes / bytes) * bytes));
        if (Forgets()) at += (short)_random.Next(-3, 4);
        if (Chance(0.6) || _spilled[slot].Kind > HeldKind.Number)
        {
            if (Chance(0.5)) Add(Insn.Store(width, Register.R10, at, Pick([0, 0, Constant()])));
            else Add(Insn.Store(width, Register.R10, at, Number()));
            _spilled[slot] = new(HeldKind.Number);
            return;
        }

        var to = Any();
        Add(width is not MemoryWidth.Double && Chance(0.3) ? Insn.LoadSigned(width, to, Register.R10, at) : Insn.Load(width, to, Register.R10, at));
        _held[(int)to] = new(HeldKind.Number);
    }

    // What an atomic operation fetches from the stack, Linux 6.18 believes to be a constant that another path has stored there: values only.
    private void Atomic()
    {
        if (Find(HeldKind.Value) is not { } value || _held[(int)value].Room < SlotBytes) return;
        var number = Number();
        Add(Insn.Atomic(Chance(0.4) ? Pick(Operations.Atomics) : Pick(Operations.Fetches), Pick([MemoryWidth.Word, MemoryWidth.Double]), value, 0, number));
        _held[(int)number] = new(HeldKind.Number);
        if (_held[0].Kind is not HeldKind.Nothing && number != Register.R0) _held[0] = _held[0].Kind is HeldKind.Number ? new(HeldKind.Number) : default;
    }

    private void Skip()
    {
        int jump = _code.Count;
        var left = Chance(0.9) ? Number() : Known();
        bool isConstant = Chance(0.6);
        var right = Number();
        int constant = Chance(0.5) ? _random.Next(70) : Constant();
        int nested = _code.Count - jump;
        jump += nested;
        Add(default(Instruction));
        Held[] held = [.. _held], spilled = [.. _spilled];
        Nested(_random.Next(1, 6));
        bool hasElse = Chance(0.4);
        if (hasElse) Add(default(Instruction));
        Patch(jump, Pick(Operations.Conditions), left, isConstant ? null : right, constant, Chance(0.6), _code.Count);
        var (heldThen, spilledThen) = (_held, _spilled);
        (_held, _spilled) = (held, spilled);
        if (hasElse)
        {
            int over = _code.Count - 1;
            Nested(_random.Next(1, 6));
            _code[over] = Insn.Goto((short)(_code.Count - over - 1));
        }

        if (Forgets()) return;
        for (int i = 0; i < _held.Length; i++) _held[i] = Held.Both(_held[i], heldThen[i]);
        for (int i = 0; i < _spilled.Length; i++) _spilled[i] = Held.Both(_spilled[i], spilledThen[i]);
    }

    // The counter lives in a slot of its own: the body may use all registers.
    private void Loop()
    {
        short counter = -SlotBytes * (SlotsInUse + 1);
        int depth = _depth, rounds = _random.Next(1, 9);
        bool isUp = Chance(0.5);
        Add(Insn.Store(MemoryWidth.Double, Register.R10, counter, isUp ? 0 : rounds));
        ForgetChanges();
        int start = _code.Count;
        _depth = DeepestNesting;
        Steps(_random.Next(1, 6));
        _depth = depth;
        var register = Any();
        Add(Insn.Load(MemoryWidth.Double, register, Register.R10, counter), Insn.Alu64(isUp ? AluOperation.Add : AluOperation.Sub, register, 1));
        if (!Forgets()) Add(Insn.Store(MemoryWidth.Double, Register.R10, counter, register));
        var operation = isUp ? JumpOperation.Less : Pick([JumpOperation.NotEqual, JumpOperation.SignedGreater]);
        Add(Insn.Jump(operation, register, isUp ? rounds : 0, (short)(start - _code.Count - 1)));
        _held[(int)register] = new(HeldKind.Number, (ulong)rounds);
        ForgetChanges();
    }

    // What the kernel ends itself.
    private void MayGoto()
    {
        int depth = _depth, start = _code.Count;
        ForgetChanges();
        Add(default(Instruction));
        _depth = DeepestNesting;
        Steps(_random.Next(1, 5));
        _depth = depth;
        Add(Insn.Goto((short)(start - _code.Count - 1)));
        _code[start] = Insn.MayGoto((short)(_code.Count - start - 1));
        ForgetChanges();
    }

    private void Call()
    {
        if (_callers > 2) return;
        if (Chance(0.5)) CallFunction();
        else CallRepeatedly();
    }

    private void CallFunction()
    {
        string name = Nest(Callee, 2);
        Move(Register.R1, Number());
        if (_held[2].Kind is not HeldKind.Number) Add(Insn.Mov64(Register.R2, Constant()));
        AfterCall(() =>
        {
            _references.Add(new Reference.Call(_code.Count, name));
            Add(Insn.CallFunction(0));
        });
    }

    private void CallRepeatedly()
    {
        string name = Nest(Callback, 2);
        AfterCall(() =>
        {
            Add(Insn.Mov64(Register.R1, _random.Next(0, 6)), Insn.Mov64(Register.R3, Register.R10), Insn.Alu64(AluOperation.Add, Register.R3, -SlotsInUse * SlotBytes));
            AddReference(Register.R2, new Reference.FunctionAddress(_code.Count, name));
            _code[^2] = _code[^2].WithSource((Register)WideSource.Function);
            Add(Insn.Mov64(Register.R4, 0), Insn.Call(HelperId.Loop));
        });
        if (!Forgets()) Array.Clear(_spilled);
    }

    // Nobody may read R1 to R5 after a call, and R0 is a number unless somebody knows better.
    private void AfterCall(Action call)
    {
        call();
        Array.Clear(_held, 1, 5);
        _held[0] = new(HeldKind.Number);
    }

    // What a loop changes is not as it was when it comes back.
    private void ForgetChanges()
    {
        if (Forgets()) return;
        for (int i = 0; i < _held.Length; i++) _held[i] = _held[i].Kind is HeldKind.Context && i == 6 ? _held[i] : default;
        Array.Clear(_spilled);
    }

    // Ends the function unless a comparison holds.
    private void Unless(JumpOperation operation, Register left, int right, bool isWide)
    {
        Add(isWide ? Insn.Jump(operation, left, right, 2) : Insn.Jump32(operation, left, right, 2));
        Add(Insn.Mov64(Register.R0, 0), Insn.Exit());
    }

    private void Unless(JumpOperation operation, Register left, Register right)
    {
        Add(Insn.Jump(operation, left, right, 2));
        Add(Insn.Mov64(Register.R0, 0), Insn.Exit());
    }

    private void Patch(int at, JumpOperation operation, Register left, Register? right, int constant, bool isWide, int target)
    {
        short distance = (short)(target - at - 1);
        _code[at] = (right, isWide) switch
        {
            (null, true) => Insn.Jump(operation, left, constant, distance),
            (null, false) => Insn.Jump32(operation, left, constant, distance),
            ({ } register, true) => Insn.Jump(operation, left, register, distance),
            ({ } register, false) => Insn.Jump32(operation, left, register, distance),
        };
    }

    private void Nested(int steps)
    {
        _depth++;
        Steps(steps);
        _depth--;
    }

    private string Nest(Action body, int parameters)
    {
        string name = $"function{++_named}";
        var (depth, spilled, isCallback) = (_depth, _spilled, _isCallback);
        (_depth, _spilled, _isCallback) = (DeepestNesting - 1, new Held[SlotsInUse], false);
        _callers++;
        Function(name, body, parameters);
        _callers--;
        (_depth, _spilled, _isCallback) = (depth, spilled, isCallback);
        return name;
    }

    private void Move(Register to, Register from)
    {
        if (to == from) return;
        Add(Insn.Mov64(to, from));
        _held[(int)to] = from is Register.R10 ? new(HeldKind.Stack) : _held[(int)from];
    }

    private void Store(int slot, Register from)
    {
        Add(Insn.Store(MemoryWidth.Double, Register.R10, (short)(-SlotBytes * (slot + 1)), from));
        _spilled[slot] = _held[(int)from];
    }

    private void StoreConstant(int slot, int constant)
    {
        Add(Insn.Store(MemoryWidth.Double, Register.R10, (short)(-SlotBytes * (slot + 1)), constant));
        _spilled[slot] = new(HeldKind.Number);
    }

    private static int Bytes(MemoryWidth width) => width switch
    {
        MemoryWidth.Byte => 1,
        MemoryWidth.Half => 2,
        MemoryWidth.Word => 4,
        _ => 8,
    };

    // A register that may be written; in the main program R6 is not.
    private Register Any() => (Register)(_callers > 0 || Forgets() ? _random.Next(10) : Pick([0, 1, 2, 3, 4, 5, 7, 8, 9]));

    // One that outlives calls.
    private Register Saved() => (Register)_random.Next(7, 10);

    private Register Other(Register than)
    {
        var register = Any();
        while (register == than) register = Any();
        return register;
    }

    // A register with a number; a new one when there is none.
    private Register Number()
    {
        if (Forgets()) return (Register)_random.Next(11);
        if (Chance(0.9) && Find(HeldKind.Number) is { } number) return number;
        var register = Any();
        Number(register);
        return register;
    }

    private Register Pointer()
    {
        if (Forgets()) return (Register)_random.Next(11);
        if (Find(Pick([HeldKind.Packet, HeldKind.Value, HeldKind.Value, HeldKind.Stack])) is { } pointer) return pointer;
        var register = Saved();
        if (Chance(0.5))
        {
            int depth = SlotBytes * _random.Next(1, SlotsInUse + 1);
            Add(Insn.Mov64(register, Register.R10), Insn.Alu64(AluOperation.Add, register, -depth));
            _held[(int)register] = new(HeldKind.Stack, Room: depth);
            return register;
        }

        AddReference(register, new Reference.MapValue(_code.Count, "values", 0));
        _held[(int)register] = new(HeldKind.Value, Room: ValueSize);
        return register;
    }

    // A register that holds something.
    private Register Known()
    {
        if (Forgets()) return (Register)_random.Next(11);
        int first = _random.Next(10);
        for (int i = 0; i < 10; i++)
        {
            if (_held[(first + i) % 10].Kind is not HeldKind.Nothing) return (Register)((first + i) % 10);
        }

        return Register.R10;
    }

    private Register? Find(HeldKind kind)
    {
        int first = _random.Next(10);
        for (int i = 0; i < 10; i++)
        {
            if (_held[(first + i) % 10].Kind == kind) return (Register)((first + i) % 10);
        }

        return null;
    }

    private int Constant() => _random.Next(4) switch
    {
        0 => _random.Next(-2, 3),
        1 => _random.Next(-300, 300),
        2 => Pick([int.MinValue, int.MaxValue, 1 << 16]),
        _ => (int)_random.NextInt64(int.MinValue, 1L + int.MaxValue),
    };
}
