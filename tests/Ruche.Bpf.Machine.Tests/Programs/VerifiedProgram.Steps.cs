// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Machine.Tests.Operations;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <content>What programs are made of.</content>
internal sealed partial class VerifiedProgram
{
    private const int DeepestNesting = 3;
    private const int MostCallers = 3;

    private static readonly Register[] Numbers = [Register.R0, Register.R1, Register.R2, Register.R3, Register.R4, Register.R5, Register.R9];

    private void Steps(int count)
    {
        for (; count > 0; count--) Step();
    }

    private void Step()
    {
        switch (_random.Next(20))
        {
            case < 7: Arithmetic(); break;
            case 7: Extend(); break;
            case 8: Add(Insn.Endian(Pick([EndianOperation.ToLittle, EndianOperation.ToBig, EndianOperation.Swap]), Any(), Pick([16, 32, 64]))); break;
            case 9: Add(_random.Next(2) == 0 ? Insn.Neg64(Any()) : Insn.Neg32(Any())); break;
            case 10 or 11: Load(); break;
            case 12 or 13: Store(); break;
            case 14: Atomic(); break;
            case 15: Index(); break;
            case 16 or 17 when _depth < DeepestNesting: Skip(); break;
            case 18 when _depth < DeepestNesting: Loop(); break;
            case 19 when _depth < DeepestNesting: Call(); break;
            default: Number(Any()); break;
        }
    }

    private void Arithmetic()
    {
        var operation = Pick(Binary);
        bool isWide = _random.Next(2) == 0;
        var to = Any();
        short isSigned = (short)(operation is AluOperation.Div or AluOperation.Mod ? _random.Next(2) : 0);
        if (_random.Next(2) == 0)
        {
            var from = Any();
            Add((isWide ? Insn.Alu64(operation, to, from) : Insn.Alu32(operation, to, from)).WithOffset(isSigned));
            return;
        }

        int constant = Constant();
        if (operation is AluOperation.Lsh or AluOperation.Rsh or AluOperation.Arsh) constant &= isWide ? 63 : 31;
        else if (operation is AluOperation.Div or AluOperation.Mod && constant == 0) constant = 7;
        Add((isWide ? Insn.Alu64(operation, to, constant) : Insn.Alu32(operation, to, constant)).WithOffset(isSigned));
    }

    private void Extend() => Add(_random.Next(2) == 0 ? Insn.MovSx64(Any(), Any(), Pick([8, 16, 32])) : Insn.MovSx32(Any(), Any(), Pick([8, 16])));

    private void Load()
    {
        var width = Pick(Widths);
        var (address, displacement) = Place(width);
        Add(width is not MemoryWidth.Double && _random.Next(3) == 0
            ? Insn.LoadSigned(width, Any(), address, displacement)
            : Insn.Load(width, Any(), address, displacement));
    }

    private void Store()
    {
        var width = Pick(Widths);
        var (address, displacement) = Place(width);
        Add(_random.Next(3) == 0 ? Insn.Store(width, address, displacement, Constant()) : Insn.Store(width, address, displacement, Any()));
    }

    // What an atomic operation fetches from the stack, Linux 6.18 believes to be a constant that another path has stored there.
    private void Atomic()
    {
        var width = _random.Next(2) == 0 ? MemoryWidth.Word : MemoryWidth.Double;
        int at = _random.Next(WorkBytes / 8) * 8;
        if (_random.Next(3) == 0) Add(Insn.Atomic(Pick(Atomics), width, Register.R10, (short)(at - WorkBytes), Any()));
        else Add(Insn.Atomic(_random.Next(2) == 0 ? Pick(Atomics) : Pick(Fetches), width, Value, (short)at, Any()));
    }

    // Somewhere that only the run knows. The pointer comes first: of a number plus the frame pointer, in a function that another one has
    // called, Linux 6.18 believes that it points to the stack of the outermost function.
    private void Index()
    {
        var index = Any();
        var pointer = Other(index);
        var number = Any();
        bool isStack = _random.Next(2) == 0;
        short displacement = (short)(isStack ? -WorkBytes : 0);
        Add(Insn.Alu64(AluOperation.And, index, 0x38));
        Add(Insn.Mov64(pointer, isStack ? Register.R10 : Value), Insn.Alu64(AluOperation.Add, pointer, index));
        if (number != pointer && _random.Next(2) == 0) Add(Insn.Store(Pick(Widths), pointer, displacement, number));
        Add(Insn.Load(Pick(Widths), pointer, pointer, displacement));
    }

    private void Skip()
    {
        int jump = _code.Count;
        Add(default(Instruction));
        Nested(_random.Next(1, 6));
        short distance = (short)(_code.Count - jump - 1);
        var operation = Pick(Conditions);
        bool isWide = _random.Next(2) == 0;
        var left = Any();
        var right = Any();
        int constant = Constant();
        _code[jump] = (_random.Next(2) == 0, isWide) switch
        {
            (true, true) => Insn.Jump(operation, left, constant, distance),
            (true, false) => Insn.Jump32(operation, left, constant, distance),
            (false, true) => Insn.Jump(operation, left, right, distance),
            _ => Insn.Jump32(operation, left, right, distance),
        };
    }

    private void Loop()
    {
        // The counter is taken: what is in there has no loop.
        int depth = _depth;
        _depth = DeepestNesting;
        Add(Insn.Mov64(Counter, _random.Next(1, 6)));
        int start = _code.Count;
        Steps(_random.Next(1, 6));
        Add(Insn.Alu64(AluOperation.Sub, Counter, 1), Insn.Jump(JumpOperation.NotEqual, Counter, 0, (short)(start - _code.Count - 2)));
        _depth = depth;
    }

    private void Call()
    {
        switch (_random.Next(6))
        {
            case 0 when _callers < MostCallers: CallFunction(); break;
            case 1 when _callers < MostCallers: CallRepeatedly(); break;
            case 2: LookUp(); break;
            case 3: Update(); break;
            case 4: Delete(); break;
            default: Sum(); break;
        }
    }

    private void CallFunction()
    {
        string name = Nest(Callee);
        _references.Add(new Reference.Call(_code.Count, name));
        Add(Insn.CallFunction(0));
        Reset();
    }

    private void CallRepeatedly()
    {
        string name = Nest(Callback);
        Add(Insn.Mov64(Register.R1, _random.Next(1, 6)));
        LoadReference(Register.R2, new Reference.FunctionAddress(_code.Count, name));
        _code[^2] = _code[^2].WithSource((Register)WideSource.Function);
        Add(Insn.Mov64(Register.R3, 0), Insn.Mov64(Register.R4, 0), Insn.Call(HelperId.Loop));
        Reset();
    }

    private void LookUp()
    {
        Key();
        Add(Insn.Call(HelperId.MapLookupElem));
        Add(Insn.Jump(JumpOperation.Equal, Register.R0, 0, 3));
        Add(Insn.Load(MemoryWidth.Double, Register.R1, Register.R0, 0), Insn.Atomic(AtomicOperation.Add, MemoryWidth.Double, Register.R0, 0, Register.R9));
        Add(Insn.Mov64(Register.R0, Register.R1));
        Reset();
    }

    private void Update()
    {
        Key();
        Add(Insn.Mov64(Register.R3, Value), Insn.Alu64(AluOperation.Add, Register.R3, 8 * _random.Next(8)), Insn.Mov64(Register.R4, _random.Next(4)));
        Add(Insn.Call(HelperId.MapUpdateElem));
        Reset();
    }

    private void Delete()
    {
        Key();
        Add(Insn.Call(HelperId.MapDeleteElem));
        Reset();
    }

    private void Sum()
    {
        Add(Insn.Mov64(Register.R5, Pick(Numbers.AsSpan(0, 5))), Insn.Mov64(Register.R1, Value), Insn.Mov64(Register.R2, 4 * _random.Next(1, 8)));
        Add(Insn.Mov64(Register.R3, Register.R10), Insn.Alu64(AluOperation.Add, Register.R3, -WorkBytes), Insn.Mov64(Register.R4, 4 * _random.Next(1, 8)));
        Add(Insn.Call(HelperId.CsumDiff));
        Reset();
    }

    // R1 and R2 for the table.
    private void Key()
    {
        Add(Insn.Store(MemoryWidth.Word, Register.R10, -8, _random.Next(2 * TableSize)));
        Add(Insn.Mov64(Register.R2, Register.R10), Insn.Alu64(AluOperation.Add, Register.R2, -8));
        LoadReference(Register.R1, new Reference.Map(_code.Count, "table"));
    }

    // Nobody may read R1 to R5 after a call.
    private void Reset()
    {
        for (var register = Register.R1; register <= Register.R5; register++) Number(register);
    }

    private void Nested(int steps)
    {
        _depth++;
        Steps(steps);
        _depth--;
    }

    private string Nest(Action body)
    {
        string name = $"function{++_named}";
        int depth = _depth;
        _depth = DeepestNesting - 1;
        _callers++;
        Function(name, body);
        _callers--;
        _depth = depth;
        return name;
    }

    private (Register Address, short Displacement) Place(MemoryWidth width)
    {
        int bytes = width switch
        {
            MemoryWidth.Byte => 1,
            MemoryWidth.Half => 2,
            MemoryWidth.Word => 4,
            _ => 8,
        };
        int at = _random.Next(WorkBytes - bytes + 1);
        return _random.Next(_hasPacket ? 3 : 2) switch
        {
            0 => (Register.R10, (short)((at & -bytes) - WorkBytes)),
            1 => (Value, (short)at),
            _ => (Packet, (short)at),
        };
    }

    private static bool IsNumber(Register register) => register is not (Packet or Value or Counter) && register < Register.R10;

    private Register Any() => Pick(Numbers);

    private Register Other(Register than)
    {
        var register = Any();
        while (register == than) register = Any();
        return register;
    }

    private int Constant() => _random.Next(4) switch
    {
        0 => _random.Next(-2, 3),
        1 => _random.Next(-300, 300),
        2 => Pick([int.MinValue, int.MaxValue, 1 << 16]),
        _ => (int)_random.NextInt64(int.MinValue, 1L + int.MaxValue),
    };

    private T Pick<T>(ReadOnlySpan<T> of) => of[_random.Next(of.Length)];
}
