// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Events;
using Ruche.Trace.Functions;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;
using BinaryOperator = Ruche.Bpf.Compiler.Ir.BinaryOperator;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;
using SyntaxOperator = Ruche.Trace.Syntax.BinaryOperator;

namespace Ruche.Trace.Lowering;

internal sealed partial class ProbeLowering
{
    /// <summary>Makes code for a number; what has no value yields zero.</summary>
    public Value Lower(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundExpression.Nothing: return Number(0);
            case BoundExpression.Number x: return Number(x.Value);
            case BoundExpression.Address x: return AsNumber(AddressOf(PlaceOf(x.Of)));
            case BoundExpression.MapAddress x: return LowerMapAddress(Script.StorageOf(x.Map));
            case BoundExpression.Variable x: return Load(PlaceOf(x.Symbol), x.Type);
            case BoundExpression.MapValue x: return LowerEntry(x);
            case BoundExpression.Unary { Operator: UnaryOperator.Negate } x: return Combine(BinaryOperator.Sub, Number(0), Lower(x.Operand));
            case BoundExpression.Unary { Operator: UnaryOperator.Complement } x: return Combine(BinaryOperator.Xor, Lower(x.Operand), Number(-1));
            case BoundExpression.Binary { Type: not TraceType.Boolean } x: return LowerArithmetic(x);
            case BoundExpression.Unary or BoundExpression.Binary or BoundExpression.SameBytes: return LowerTruth(expression);
            case BoundExpression.Conditional x: return LowerConditional(x);
            case BoundExpression.Field { Member.BitSize: > 0 } x: return LowerBitField(x);
            case BoundExpression.Field { Member.Location: not FieldLocation.Inline } x: return LowerDistant(x);
            case BoundExpression.Field { Record: BoundExpression.Arguments or BoundExpression.Context } x when Site is not ProbeSite.Tracepoint: return LowerArgument(x);
            case BoundExpression.Field or BoundExpression.At or BoundExpression.Element or BoundExpression.Dereference: return Load(PlaceOf(expression), expression.Type);
            case BoundExpression.Cast x: return LowerCast(x);
            case BoundExpression.Context: return AsNumber(Context);
            case BoundExpression.Register x: return LowerRegister(x);
            case BoundExpression.Builtin { What.Value: { } value }: return value(this);
            case BoundExpression.Call { Function.Value: { } value } x: return value(this, x);
            case BoundExpression.Builtin or BoundExpression.Call: return Load(PlaceOf(expression), expression.Type);
            case BoundExpression.Tell { Event: TraceEvent.Formatted format } x when IsPinned: WriteSequence(format, x.Payload); return Number(0);
            case BoundExpression.Tell x: Tell(x.Event, x.Payload); return Number(0);
            case BoundExpression.Step x: return LowerStep(x);
            case BoundExpression.Block x: LowerBlock(x); return Lower(x.Value);
            default: throw new UnreachableException($"no case for {expression.GetType().Name}");
        }
    }

    /// <summary>Goes to one of two blocks by whether an expression holds.</summary>
    public void BranchOn(BoundExpression condition, Block then, Block otherwise)
    {
        switch (condition)
        {
            case BoundExpression.Unary { Operator: UnaryOperator.Not } x:
                BranchOn(x.Operand, otherwise, then);
                return;
            case BoundExpression.Binary { Operator: SyntaxOperator.LogicalAnd or SyntaxOperator.LogicalOr } x:
                var second = NewBlock("also");
                if (x.Operator is SyntaxOperator.LogicalAnd) BranchOn(x.Left, second, otherwise);
                else BranchOn(x.Left, then, second);
                EnterFresh(second);
                BranchOn(x.Right, then, otherwise);
                return;
            case BoundExpression.Binary { Type: TraceType.Boolean } x:
                Branch(LowerComparison(x), then, otherwise);
                return;
            case BoundExpression.SameBytes x:
                BranchOnSame(x, then, otherwise);
                return;
            case BoundExpression.MapValue { Map: var map } x when Script.StorageOf(map) is { IsShared: false } && map.Aggregation is null && Binder.IsNumber(x.Type):
                BranchOnEntry(x, then, otherwise);
                return;
            case BoundExpression.Call { Function.Name: MapFunctions.HasKey, Operands: [BoundExpression.MapValue { Map: var map } x] }
                when Script.StorageOf(map) is { IsShared: false } && map.Aggregation is null && Binder.IsNumber(x.Type):
                BranchOnKey(x, then, otherwise);
                return;
            default:
                Branch(Compare(Comparison.NotEqual, Lower(condition), Number(0)), then, otherwise);
                return;
        }
    }

    private Value LowerArithmetic(BoundExpression.Binary x)
    {
        var left = Lower(x.Left);
        var right = Lower(x.Right);
        bool isSigned = x.Type is TraceType.Integer { IsSigned: true } && (Binder.IsSigned(x.Left) && x.Left is not BoundExpression.Number || Binder.IsSigned(x.Right) && x.Right is not BoundExpression.Number { Value: >= 0 });
        return Combine(x.Operator switch
        {
            SyntaxOperator.Add => BinaryOperator.Add,
            SyntaxOperator.Subtract => BinaryOperator.Sub,
            SyntaxOperator.Multiply => BinaryOperator.Mul,
            SyntaxOperator.Divide => isSigned ? BinaryOperator.SDiv : BinaryOperator.UDiv,
            SyntaxOperator.Remainder => isSigned ? BinaryOperator.SRem : BinaryOperator.URem,
            SyntaxOperator.And => BinaryOperator.And,
            SyntaxOperator.Or => BinaryOperator.Or,
            SyntaxOperator.Xor => BinaryOperator.Xor,
            SyntaxOperator.ShiftLeft => BinaryOperator.Shl,
            SyntaxOperator.ShiftRight => Binder.IsSigned(x.Left) ? BinaryOperator.AShr : BinaryOperator.LShr,
            _ => throw new UnreachableException($"no case for {x.Operator}"),
        }, left, right);
    }

    private Value LowerComparison(BoundExpression.Binary x)
    {
        var left = Lower(x.Left);
        var right = Lower(x.Right);

        // A number written in the script, and not below zero, is of the other's kind.
        bool isSigned = (Binder.IsSigned(x.Left) || x.Left is BoundExpression.Number) && (Binder.IsSigned(x.Right) || x.Right is BoundExpression.Number)
            && (Binder.IsSigned(x.Left) || Binder.IsSigned(x.Right));
        return Compare((x.Operator, isSigned) switch
        {
            (SyntaxOperator.Equal, _) => Comparison.Equal,
            (SyntaxOperator.NotEqual, _) => Comparison.NotEqual,
            (SyntaxOperator.Less, true) => Comparison.Less,
            (SyntaxOperator.Less, false) => Comparison.Below,
            (SyntaxOperator.LessOrEqual, true) => Comparison.LessOrEqual,
            (SyntaxOperator.LessOrEqual, false) => Comparison.BelowOrEqual,
            (SyntaxOperator.Greater, true) => Comparison.Greater,
            (SyntaxOperator.Greater, false) => Comparison.Above,
            (SyntaxOperator.GreaterOrEqual, true) => Comparison.GreaterOrEqual,
            (SyntaxOperator.GreaterOrEqual, false) => Comparison.AboveOrEqual,
            _ => throw new UnreachableException($"no case for {x.Operator}"),
        }, left, right);
    }

    private Value LowerTruth(BoundExpression x)
    {
        if (x is BoundExpression.Binary { Operator: not (SyntaxOperator.LogicalAnd or SyntaxOperator.LogicalOr) } comparison) return Extend(LowerComparison(comparison), isSigned: false);
        Block then = NewBlock("then"), otherwise = NewBlock("else");
        BranchOn(x, then, otherwise);
        return Join(then, () => Number(1), otherwise, () => Number(0));
    }

    private Value LowerConditional(BoundExpression.Conditional x)
    {
        Block then = NewBlock("then"), otherwise = NewBlock("else");
        BranchOn(x.Condition, then, otherwise);
        return Join(then, () => Lower(x.WhenTrue), otherwise, () => Lower(x.WhenFalse));
    }

    /// <summary>Goes through two blocks that were branched to, and on with the value of the one that was taken.</summary>
    public Value Join(Block then, Func<Value> first, Block otherwise, Func<Value> second)
    {
        var end = NewBlock("end");
        BlockParameter joined = new(IrType.I64);
        end.Parameters.Add(joined);
        EnterFresh(then);
        var a = first();
        Add(new Jump(new(end, a)));
        EnterFresh(otherwise);
        var b = second();
        Add(new Jump(new(end, b)));
        EnterFresh(end);
        return joined;
    }

    private Value LowerBitField(BoundExpression.Field x)
    {
        var word = Load(FieldPlace(x), x.Type is TraceType.Integer n ? new TraceType.Integer(n.Bytes, false) : x.Type);
        bool isSigned = x.Type is TraceType.Integer { IsSigned: true };
        var high = Combine(BinaryOperator.Shl, word, Number(64 - x.Member.BitOffset - x.Member.BitSize));
        return Combine(isSigned ? BinaryOperator.AShr : BinaryOperator.LShr, high, Number(64 - x.Member.BitSize));
    }

    private Value LowerCast(BoundExpression.Cast x)
    {
        if (!Binder.IsNumber(x.Operand.Type)) return Load(PlaceOf(x.Operand), x.Type);
        var value = Lower(x.Operand);
        if (x.Type is TraceType.Boolean) return Extend(Compare(Comparison.NotEqual, value, Number(0)), isSigned: false);
        if (x.Type is not TraceType.Integer { Bytes: < 8 } type) return value;
        return Extend(Add(new Convert(Conversion.Truncate, IrType.IntOf(type.Bytes * 8), value)), type.IsSigned);
    }

    // Each argument has a word of its own, or a register.
    private Value LowerArgument(BoundExpression.Field x)
    {
        int number = x.Member.Offset / sizeof(ulong);
        var word = Site is ProbeSite.UserProbe ? LowerWord(x.Member.Word ?? 0) : Add(new Load(IrType.I64, Context, Site is ProbeSite.KernelProbe ? ProcessorRegisters.Argument(number) : x.Member.Offset));
        int bytes = ValueLayout.SizeOf(x.Type);
        if (bytes is not (1 or 2 or 4)) return word;
        return Extend(Add(new Convert(Conversion.Truncate, IrType.IntOf(bytes * 8), word)), x.Type is TraceType.Integer { IsSigned: true } or TraceType.Enumeration { Layout.IsSigned: true });
    }

    private Value LowerWord(int number)
    {
        if (number < ProcessorRegisters.Arguments) return Add(new Load(IrType.I64, Context, ProcessorRegisters.Argument(number)));
        var stack = Add(new Load(IrType.I64, Context, ProcessorRegisters.Stack));
        return Load(PlaceAt(stack, MemorySpace.User).Plus(ProcessorRegisters.StackedArguments + ((number - ProcessorRegisters.Arguments) * sizeof(ulong))), TraceType.UInt64);
    }

    private Value LowerRegister(BoundExpression.Register x)
    {
        if (Site is ProbeSite.UserProbe { Point: { } point }) return LowerStaticArgument(point.Arguments[x.Index], x.Type);
        if (Site is ProbeSite.ProgramFunction) return LowerReturned();
        if (Site is ProbeSite.RawTracepoint or ProbeSite.KernelFunction) return Add(new Load(IrType.I64, Context, x.Index * sizeof(ulong)));
        return Add(new Load(IrType.I64, Context, x.Index < 0 ? ProcessorRegisters.Returned : ProcessorRegisters.Argument(x.Index)));
    }

    // Where it lies depends on whether the kernel believes the program's types.
    private Value LowerReturned()
    {
        var returned = Temporary(Word);
        Store(returned, Number(0), Word);
        Call(HelperId.GetFuncRet, Context, AddressOf(returned));
        return Load(returned, TraceType.UInt64);
    }

    private Value LowerStaticArgument(UsdtArgument x, TraceType type)
    {
        if (x.Kind is UsdtArgumentKind.Constant) return Number(x.Value);
        Value register = Add(new Load(IrType.I64, Context, x.Register));
        if (x.Kind is UsdtArgumentKind.Register) return x.Size == sizeof(ulong) ? register : Extend(Add(new Bpf.Compiler.Ir.Convert(Conversion.Truncate, IrType.IntOf(x.Size * 8), register)), x.IsSigned);
        if (x.Kind is UsdtArgumentKind.IndexedMemory)
        {
            var index = Add(new Load(IrType.I64, Context, x.Index));
            register = Combine(BinaryOperator.Add, register, Combine(BinaryOperator.Shl, index, Number(x.ScaleShift)));
        }

        return Load(PlaceAt(Combine(BinaryOperator.Add, register, Number(x.Value)), MemorySpace.User), type);
    }

    private Value LowerStep(BoundExpression.Step x)
    {
        if (x.Target is BoundExpression.Variable { Symbol: var symbol })
        {
            var place = PlaceOf(symbol);
            var old = Load(place, x.Type);
            var next = Combine(BinaryOperator.Add, old, Number(x.By));
            Store(place, next, sizeof(ulong));
            return x.YieldsOld ? old : next;
        }

        return x.Target is BoundExpression.MapValue map ? StepEntry(map, Number(x.By), x.YieldsOld ? Wanted.Old : Wanted.New) : Number(0);
    }

    private void BranchOnSame(BoundExpression.SameBytes x, Block then, Block otherwise)
    {
        if (x.IsNegated) (then, otherwise) = (otherwise, then);
        var (known, other) = x.Left is BoundExpression.Literal ? ((BoundExpression.Literal)x.Left, x.Right) : (x.Right as BoundExpression.Literal, x.Left);
        if (known is not null) BranchOnLiteral(Direct(other), known, Math.Min(known.Bytes.Length + 1, x.Length), then, otherwise);
        else BranchOnBytes(Own(x.Left), Own(x.Right), x.Length, then, otherwise);
    }

    /// <summary>Where a value is that the program can read itself.</summary>
    private Place Direct(BoundExpression expression)
    {
        var place = PlaceOf(expression);
        return place.Reach is Reach.Context ? place : Own(expression, place);
    }

    private Place Own(BoundExpression expression) => Own(expression, PlaceOf(expression));

    private Place Own(BoundExpression expression, Place place)
    {
        if (place.Reach is Reach.Local) return place;
        var copy = Temporary(expression.Type);
        Fill(place, expression.Type, copy, expression.Type);
        return copy;
    }

    private void BranchOnLiteral(Place place, BoundExpression.Literal known, int length, Block then, Block otherwise)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        var steps = Steps(place, length);
        foreach (var (offset, bytes) in steps)
        {
            word.Clear();
            if (offset < known.Bytes.Length) known.Bytes.AsSpan()[offset..Math.Min(known.Bytes.Length, offset + bytes)].CopyTo(word);
            var type = IrType.IntOf(bytes * 8);
            var same = Compare(Comparison.Equal, Add(new Load(type, place.Address, place.Offset + offset)), new Constant(type, BitConverter.ToInt64(word)));
            GoOn(same, offset + bytes == length ? then : NewBlock("same"), otherwise, isLast: offset + bytes == length);
        }
    }

    private void BranchOnBytes(Place a, Place b, int length, Block then, Block otherwise)
    {
        foreach (var (offset, bytes) in Steps(a, b, length))
        {
            var type = IrType.IntOf(bytes * 8);
            var left = Add(new Load(type, a.Address, a.Offset + offset));
            var same = Compare(Comparison.Equal, left, Add(new Load(type, b.Address, b.Offset + offset)));
            GoOn(same, offset + bytes == length ? then : NewBlock("same"), otherwise, isLast: offset + bytes == length);
        }
    }

    private void GoOn(Value same, Block next, Block otherwise, bool isLast)
    {
        Branch(same, next, otherwise);
        if (!isLast) EnterFresh(next);
    }

    /// <summary>Tells an event: room is taken in the buffer, and the values are written into it. Without room it is counted as lost.</summary>
    public void Tell(TraceEvent told, IReadOnlyList<BoundExpression> payload)
    {
        BoundExpression[] values = [.. payload.Select(Settled)];
        Tell(told, (type, place) =>
        {
            int[] offsets = ValueLayout.OffsetsOf(type);
            for (int i = 0; i < values.Length; i++) Write(values[i], place.Plus(offsets[i]), type.Elements[i]);
        });
    }

    // Statements run before room is taken: one that ends the program would leave the room taken, which no verifier lets pass.
    private BoundExpression Settled(BoundExpression value)
    {
        if (value.Type is TraceType.Nothing || !BoundWalk.HasStatements(value)) return value;
        VariableSymbol settled = new("value", value.Type);
        Write(value, PlaceOf(settled), value.Type);
        return new BoundExpression.Variable(settled, value.Span);
    }

    /// <summary>Tells of a process the first time that an address of it is kept.</summary>
    public void TellOfProcess(Value process)
    {
        var told = Script.Seen();
        var key = Temporary(Word);
        Store(key, process, Word);
        Block fresh = NewBlock("fresh"), end = NewBlock("end");
        Branch(Compare(Comparison.Equal, Lookup(SharedState.SeenMap, AddressOf(key)), Number(0)), fresh, end);
        EnterFresh(fresh);
        Call(HelperId.MapUpdateElem, Map(SharedState.SeenMap), AddressOf(key), AddressOf(key), Number(0));
        Tell(told, (_, place) => Store(place, process, Word));
        Enter(end);
    }

    private void TellFailure(HelperCall call)
    {
        Block failed = NewBlock("failed"), end = NewBlock("read");
        Branch(Compare(Comparison.Less, call, Number(0)), failed, end);
        EnterFresh(failed);
        Tell(new TraceEvent.FailedRead(call.Helper) { Payload = [TraceType.Int64], Span = _span }, (_, place) => Store(place, call, Word));
        Enter(end);
    }

    private void Tell(TraceEvent told, Action<TraceType.Tuple, Place> write)
    {
        TraceType.Tuple type = new([.. told.Payload]);
        int size = SharedState.EventHeader + ValueLayout.SizeOf(type);
        Block room = NewBlock("room"), lost = NewBlock("lost"), told1 = NewBlock("told");
        var record = Add(new HelperCall(HelperId.RingbufReserve, IrType.PointerTo(AddressSpace.Value), Map(SharedState.EventsMap), Number(size), Number(0)));
        Branch(Compare(Comparison.Equal, record, Number(0)), lost, room);
        EnterFresh(room);
        Place place = new(record, 0, Reach.Local);
        Store(place, Number(Script.NumberOf(told)), SharedState.EventHeader);
        write(type, place.Plus(SharedState.EventHeader));
        Add(new HelperCall(HelperId.RingbufSubmit, IrType.None, record, Number(told.IsUrgent ? ForceWakeUp : NoWakeUp)));
        JumpTo(told1);
        EnterFresh(lost);
        CountUp(SharedState.LostEvents);
        Enter(told1);
    }

    /// <summary>Adds one to a counter that all programs share.</summary>
    public void CountUp(int offset) => CountUp(offset, Number(1));

    private void CountUp(int offset, Value by)
    {
        var counter = Add(new GlobalAddress(SharedState.Map, offset));
        Add(new Atomic(Bpf.Objects.Instructions.AtomicOperation.Add, counter, 0, by));
    }
}
