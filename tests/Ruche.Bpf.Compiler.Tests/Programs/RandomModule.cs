// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Tests.Programs;

/// <summary>
/// Makes XDP programs of random operations: arithmetic of every width, choices, branches, bounded loops, stack slots, a called function.
/// They read 64 bytes of a packet, and leave what they computed in it and in what they return.
/// </summary>
internal sealed class RandomModule(int seed)
{
    public const int PacketBytes = 64;

    private static readonly IrType[] Numbers = [IrType.I8, IrType.I16, IrType.I32, IrType.I64];

    private readonly Random _random = new(seed);
    private readonly List<Value> _values = [];
    private Function _function = null!;
    private Block _block = null!;
    private readonly List<StackSlot> _slots = [];
    private Value? _packet;
    private int _names;

    public static Module Generate(int seed) => new RandomModule(seed).Generate();

    private Module Generate()
    {
        Module module = new($"random{seed}");
        module.Functions.Add(Called());
        module.Functions.Add(Main());
        return module;
    }

    private Function Called()
    {
        _function = new("called", IrType.I64);
        _block = _function.AddBlock("entry");
        for (int i = 0; i < 3; i++) _block.Parameters.Add(new(IrType.I64));
        _values.AddRange(_block.Parameters);
        Statements(6, depth: 2);
        _block.Add(new Return(Number(IrType.I64)));
        _values.Clear();
        _slots.Clear();
        return _function;
    }

    private Function Main()
    {
        _function = new("main", IrType.I64) { Section = "xdp" };
        _block = _function.AddBlock("entry");
        _block.Parameters.Add(new(IrType.PointerTo(AddressSpace.Context)));
        var packet = Bound(0, AddressSpace.Packet);
        var end = Bound(4, AddressSpace.PacketEnd);
        var enough = _block.Add(new Compare(Comparison.BelowOrEqual, _block.Add(new Binary(BinaryOperator.Add, packet, new Constant(IrType.I64, PacketBytes))), end));
        var (body, small) = (NewBlock(), NewBlock());
        _block.Add(new Branch(enough, new(body), new(small)));
        small.Add(new Return(new Constant(IrType.I64, 0)));
        _block = body;
        _packet = packet;
        for (int offset = 0; offset < PacketBytes; offset += 8) _values.Add(_block.Add(new Load(Pick(Numbers), packet, offset)));

        Statements(_random.Next(8, 40), depth: 0);

        for (int offset = 0; offset < PacketBytes; offset += 8) _block.Add(new Store(packet, offset, Number(Pick(Numbers))));
        Value result = Number(IrType.I64);
        foreach (var value in _values.ToList()) result = _block.Add(new Binary(BinaryOperator.Xor, result, Widened(value)));
        var low = _block.Add(new Convert(Conversion.Truncate, IrType.I32, result));
        _block.Add(new Return(_block.Add(new Convert(Conversion.ZeroExtend, IrType.I64, low))));
        return _function;
    }

    private Convert Bound(int offset, AddressSpace space)
    {
        var word = _block.Add(new Load(IrType.I32, _function.Entry.Parameters[0], offset));
        var wide = _block.Add(new Convert(Conversion.ZeroExtend, IrType.I64, word));
        return _block.Add(new Convert(Conversion.Reinterpret, IrType.PointerTo(space), wide));
    }

    private void Statements(int count, int depth)
    {
        for (int i = 0; i < count; i++)
        {
            switch (_random.Next(17))
            {
                case 0 when depth < 2: If(depth); break;
                case 1 when depth < 2: Loop(depth); break;
                case 2: Slot(); break;
                case 3 when _function.Name == "main": Call(); break;
                case 4: Keep(new Select(Condition(), Number(IrType.I64), Number(IrType.I64))); break;
                case 5: Keep(new Convert(Conversion.ZeroExtend, Pick(IrType.I32, IrType.I64), Condition())); break;
                case 6: Change(); break;
                case 7: KeepOrChange(); break;
                case 8: Together(); break;
                case 9: Apart(); break;
                case 10: Shape(_random.Next(2)); break;
                default: Arithmetic(); break;
            }
        }
    }

    private void Arithmetic()
    {
        var type = Pick(Numbers);
        var op = Pick(Enum.GetValues<BinaryOperator>());
        Keep(new Binary(op, Number(type), Operand(op, type)));
    }

    // The kernel refuses constant shifts beyond the width and divisions by a constant zero.
    private Value Operand(BinaryOperator op, IrType type)
    {
        if (_random.Next(3) > 0) return Number(type);
        return op switch
        {
            BinaryOperator.Shl or BinaryOperator.LShr or BinaryOperator.AShr => new Constant(type, _random.Next(type.Bits)),
            BinaryOperator.UDiv or BinaryOperator.URem or BinaryOperator.SDiv or BinaryOperator.SRem => new Constant(type, _random.Next(1, 100)),
            _ => new Constant(type, RandomNumber()),
        };
    }

    private void Change()
    {
        var (from, to) = (Pick(Numbers), Pick(Numbers));
        if (from.Bits < to.Bits) Keep(new Convert(Pick(Conversion.ZeroExtend, Conversion.SignExtend), to, Number(from)));
        else if (from.Bits > to.Bits) Keep(new Convert(Conversion.Truncate, to, Number(from)));
        else if (from.Bits > 8) Keep(new SwapBytes(Number(from)));
    }

    // A value, or what an operation makes of it.
    private void KeepOrChange()
    {
        var type = Pick(Numbers);
        var op = Pick(Enum.GetValues<BinaryOperator>());
        var (condition, value) = (Condition(), Number(type));
        var changed = _block.Add(new Binary(op, value, Operand(op, type)));
        Keep(_random.Next(2) == 0 ? new Select(condition, value, changed) : new Select(condition, changed, value));
    }

    private void Slot()
    {
        var type = Pick(Numbers);
        var slot = NewSlot(type.Bytes, type.Bytes);
        _block.Add(new Store(slot, 0, Number(type)));
        if (_random.Next(2) == 0) If(2, () => _block.Add(new Store(slot, 0, Number(type))));
        Keep(new Load(type, slot));
    }

    // A number put together of bytes that lie one after another, the lowest or the highest of them first; seldom with a mistake, or a write between them.
    private void Together()
    {
        var type = Pick(IrType.I16, IrType.I32, IrType.I64);
        int bytes = Math.Min(Pick(2, 4, 8), type.Bytes), low = _random.Next(3) == 0 ? _random.Next(type.Bytes - bytes + 1) : 0;
        var (place, offset) = SomeBytes(bytes);
        bool isBig = _random.Next(2) == 0;
        Value? sum = null;
        for (int i = 0; i < bytes; i++)
        {
            var letter = _block.Add(new Load(IrType.I8, place, offset + i));
            if (_random.Next(16) == 0) _block.Add(new Store(place, offset + _random.Next(bytes), Number(IrType.I8)));
            int shift = Seldom() ? _random.Next(type.Bits) : 8 * (low + (isBig ? bytes - 1 - i : i));
            var shifted = _block.Add(new Binary(BinaryOperator.Shl, _block.Add(new Convert(Conversion.ZeroExtend, type, letter)), new Constant(type, shift)));
            var op = Pick(BinaryOperator.Or, BinaryOperator.Add);
            sum = sum is null ? shifted : _block.Add(_random.Next(2) == 0 ? new Binary(op, sum, shifted) : new Binary(op, shifted, sum));
            if (Seldom()) _values.Add(sum);
        }

        _values.Add(sum!);
    }

    // Bytes that lie one after another, written one by one: the pieces of a number, or constants with a number before them.
    private void Apart()
    {
        int bytes = Pick(2, 4, 8);
        var (place, offset) = SomeBytes(bytes);
        var whole = Number(Pick(IrType.I16, IrType.I32, IrType.I64));
        bool isBig = _random.Next(2) == 0, isNumber = _random.Next(2) == 0;
        int skipped = isNumber ? Pick(0, 1, 2, 4) : 0;
        if (skipped > bytes || (skipped > 1 && (offset % skipped > 0 || (place is StackSlot slot && slot.Alignment < skipped)))) skipped = 0;
        if (skipped > 0) _block.Add(new Store(place, offset, Number(IrType.IntOf(skipped * 8))));
        for (int i = skipped; i < bytes; i++)
        {
            int shift = Seldom() ? _random.Next(whole.Type.Bits) : 8 * (isBig ? bytes - 1 - i : i) % whole.Type.Bits;
            Value piece = isNumber ? new Constant(IrType.I8, Seldom() ? RandomNumber() : 0)
                : _block.Add(new Convert(Conversion.Truncate, IrType.I8, _block.Add(new Binary(Pick(BinaryOperator.LShr, BinaryOperator.AShr), whole, new Constant(whole.Type, shift)))));
            _block.Add(new Store(place, offset + i, piece));
            if (Seldom()) Keep(new Load(IrType.I8, place, offset + _random.Next(bytes)));
        }

        Operation all = _block.Add(new Load(IrType.I8, place, offset));
        for (int i = 1; i < bytes; i++)
        {
            var scaled = _block.Add(new Binary(BinaryOperator.Mul, all, new Constant(IrType.I8, 31)));
            all = _block.Add(new Binary(BinaryOperator.Xor, scaled, _block.Add(new Load(IrType.I8, place, offset + i))));
        }

        _values.Add(all);
    }

    // One of two long runs of operations, the same each time but for the numbers that they begin with and the slot that they use.
    private void Shape(int which)
    {
        Random shape = new(which);
        var slot = _slots.Count > 0 ? _slots[_random.Next(_slots.Count)] : NewSlot(16, 1);
        if (_slots.Count == 0) _slots.Add(slot);
        List<Value> known = [_block.Add(new Binary(BinaryOperator.Xor, Number(IrType.I64), Number(IrType.I64))), _block.Add(new Binary(BinaryOperator.Add, Number(IrType.I64), Number(IrType.I64)))];
        for (int i = 0; i < 20; i++)
        {
            var op = (BinaryOperator)shape.Next(Enum.GetValues<BinaryOperator>().Length);
            var operation = _block.Add(new Binary(op, known[shape.Next(known.Count)], known[shape.Next(known.Count)]));
            known.Add(operation);
            if (i % 8 == 3) _block.Add(new Store(slot, shape.Next(16), _block.Add(new Convert(Conversion.Truncate, IrType.I8, operation))));
        }

        _values.Add(known[^1]);
        if (Seldom()) _values.Add(known[shape.Next(known.Count)]);
    }

    // In the packet, or in a slot that is filled before.
    private (Value Place, int Offset) SomeBytes(int count)
    {
        if (_packet is not null && _random.Next(2) == 0) return (_packet, _random.Next(PacketBytes - count + 1));
        int offset = _random.Next(2) == 0 ? 0 : _random.Next(8);
        var slot = _slots.Count < 4 ? NewSlot(16, Pick(1, 2, 4, 8)) : _slots[_random.Next(4)];
        if (!_slots.Contains(slot)) _slots.Add(slot);
        for (int i = 0; i < count; i++) _block.Add(new Store(slot, offset + i, Number(IrType.I8)));
        return (slot, offset);
    }

    private StackSlot NewSlot(int size, int alignment)
    {
        StackSlot slot = new(size, alignment);
        _function.Entry.Operations.Insert(0, slot);
        return slot;
    }

    private bool Seldom() => _random.Next(12) == 0;

    private void Call() => Keep(new LocalCall("called", IrType.I64, Number(IrType.I64), Number(IrType.I64), Number(IrType.I64)));

    private void If(int depth, Action? inside = null)
    {
        var (then, otherwise, after) = (NewBlock(), NewBlock(), NewBlock());
        var type = Pick(Numbers);
        BlockParameter merged = new(type);
        after.Parameters.Add(merged);
        _block.Add(new Branch(Condition(), new(then), new(otherwise)));
        int known = _values.Count;
        foreach (var side in (Block[])[then, otherwise])
        {
            _block = side;
            if (side == then && inside is not null) inside();
            else Statements(_random.Next(4), depth + 1);
            _block.Add(new Jump(new(after, Number(type))));
            _values.RemoveRange(known, _values.Count - known);
        }

        _block = after;
        _values.Add(merged);
    }

    private void Loop(int depth)
    {
        var (head, body, after) = (NewBlock(), NewBlock(), NewBlock());
        var type = Pick(Numbers);
        BlockParameter index = new(IrType.I64), carried = new(type), other = new(type);
        head.Parameters.AddRange([index, carried, other]);
        _block.Add(new Jump(new(head, new Constant(IrType.I64, 0), Number(type), Number(type))));
        AskWhetherToGoOn(head, body, after, index);
        int known = _values.Count;
        _block = body;
        _values.AddRange([index, carried, other]);
        Statements(_random.Next(1, 4), depth + 1);
        var next = _block.Add(new Binary(BinaryOperator.Add, index, new Constant(IrType.I64, 1)));
        // Now and then the two change places.
        _block.Add(new Jump(_random.Next(2) == 0 ? new(head, next, other, carried) : new(head, next, Number(type), Number(type))));
        _values.RemoveRange(known, _values.Count - known);
        _block = after;
        _values.AddRange([carried, other]);
    }

    // Some loops ask the kernel as well, before or after they ask for the count.
    private void AskWhetherToGoOn(Block head, Block body, Block after, Value index)
    {
        bool asks = _random.Next(2) == 0, asksFirst = _random.Next(2) == 0;
        var second = asks ? NewBlock() : body;
        var (counting, asking) = asksFirst ? (second, head) : (head, second);
        if (asks) asking.Add(new Branch(asking.Add(new MayContinue()), new(asksFirst ? second : body), new(after)));
        else counting = head;
        counting.Add(new Branch(counting.Add(new Compare(Comparison.Below, index, new Constant(IrType.I64, _random.Next(1, 6)))), new(asks && !asksFirst ? second : body), new(after)));
    }

    private Compare Condition()
    {
        var type = Pick(Numbers);
        return _block.Add(new Compare(Pick(Enum.GetValues<Comparison>()), Number(type), _random.Next(2) == 0 ? Number(type) : new Constant(type, RandomNumber())));
    }

    private void Keep(Operation operation) => _values.Add(_block.Add(operation));

    private Value Number(IrType type)
    {
        var known = _values.Where(v => v.Type == type).ToList();
        return known.Count > 0 && _random.Next(8) > 0 ? known[_random.Next(known.Count)] : new Constant(type, RandomNumber());
    }

    private Value Widened(Value value) => value.Type == IrType.I64 ? value : _block.Add(new Convert(Conversion.ZeroExtend, IrType.I64, value));

    private long RandomNumber() => _random.Next(4) switch
    {
        0 => _random.Next(-4, 5),
        1 => _random.NextInt64(),
        2 => 1L << _random.Next(63),
        _ => _random.Next(),
    };

    private Block NewBlock() => _function.AddBlock($"b{_names++}");

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
