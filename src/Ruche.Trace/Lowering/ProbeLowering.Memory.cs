// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Probes;
using Ruche.Trace.Types;
using BinaryOperator = Ruche.Bpf.Compiler.Ir.BinaryOperator;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Trace.Lowering;

internal sealed partial class ProbeLowering
{
    // Copying in place costs two instructions for 8 bytes; a call costs about as much as six of them.
    private const int MostInlineSteps = 6;
    private const int MostInlineText = 4 * sizeof(ulong);

    /// <summary>Reads a number of a type, as 64 bits.</summary>
    public Value Load(Place place, TraceType type)
    {
        if (place.Reach is Reach.Context && _iterated.TryGetValue(place.Offset, out var thing)) return thing;
        int bytes = type is TraceType.Aggregate ? sizeof(ulong) : Math.Min(sizeof(ulong), ValueLayout.SizeOf(type));
        if (Script.Options.TellsFailedReads && place.Reach is Reach.Kernel or Reach.User) place = Fetch(place, bytes);
        bool isSigned = type is TraceType.Integer { IsSigned: true } or TraceType.Enumeration { Layout.IsSigned: true };
        return Extend(Add(new Load(IrType.IntOf(bytes * 8), place.Address, place.Offset)), isSigned);
    }

    // A load of such memory becomes a helper's call too, later, when nobody can look at what it returns any more.
    private Place Fetch(Place from, int bytes)
    {
        var to = Temporary(bytes);
        Call(from.Reach is Reach.User ? HelperId.ProbeReadUser : HelperId.ProbeReadKernel, AddressOf(to), Number(bytes), AddressOf(from));
        return to;
    }

    /// <summary>A number as one of 64 bits.</summary>
    public Value Extend(Value value, bool isSigned) =>
        value.Type.Bits == 64 ? value : Add(new Convert(isSigned ? Conversion.SignExtend : Conversion.ZeroExtend, IrType.I64, value));

    /// <summary>Writes a number, in as many bytes as the type has.</summary>
    public void Store(Place place, Value value, int bytes)
    {
        var narrow = value.Type.Bits == bytes * 8 ? value
            : value is Constant known ? new Constant(IrType.IntOf(bytes * 8), known.Number)
            : value.Type.Bits < bytes * 8 ? Add(new Convert(Conversion.ZeroExtend, IrType.IntOf(bytes * 8), value))
            : (Value)Add(new Convert(Conversion.Truncate, IrType.IntOf(bytes * 8), value));
        Add(new Store(place.Address, place.Offset, narrow));
    }

    /// <summary>Makes memory zero.</summary>
    public void Clear(Place place, int size)
    {
        if (size > MostInlineSteps * 2 * sizeof(ulong))
        {
            // The helper clears what it cannot read, and from nowhere it cannot.
            Call(HelperId.ProbeReadKernel, AddressOf(place), Number(size), Number(0));
            return;
        }

        foreach (var (offset, bytes) in Steps(place, size)) Store(place.Plus(offset), Number(0), bytes);
    }

    /// <summary>Copies memory, from wherever it is, to the program's own.</summary>
    public void Copy(Place to, Place from, int size)
    {
        if (size == 0 || (to.Address == from.Address && to.Offset == from.Offset)) return;
        bool isDirect = from.Reach is Reach.Local or Reach.Context;
        var steps = isDirect ? Steps(to, from, size) : [];
        if (isDirect && steps.Count <= MostInlineSteps)
        {
            foreach (var (offset, bytes) in steps)
            {
                var word = Add(new Load(IrType.IntOf(bytes * 8), from.Address, from.Offset + offset));
                Add(new Store(to.Address, to.Offset + offset, word));
            }

            return;
        }

        var helper = from.Reach is Reach.User ? HelperId.ProbeReadUser : HelperId.ProbeReadKernel;
        Call(helper, AddressOf(to), Number(size), AddressOf(from));
    }

    /// <summary>Copies text, up to its end, from memory that a helper must read. What is behind it in the destination becomes zero when asked for.</summary>
    /// <returns>How many bytes there were, the zero at the end among them, or an error below zero.</returns>
    public Value CopyText(Place to, Value address, int capacity, bool isUser, bool clears, Value? most = null)
    {
        if (clears) Clear(to, capacity);
        return Call(isUser ? HelperId.ProbeReadUserStr : HelperId.ProbeReadKernelStr, AddressOf(to), most ?? Number(capacity), address);
    }

    /// <summary>Writes an expression's value to memory, as a type that it can be kept as.</summary>
    public void Write(BoundExpression expression, Place to, TraceType type)
    {
        switch (expression)
        {
            case BoundExpression.Literal x: WriteLiteral(x.Bytes.AsSpan(), to, ValueLayout.SizeOf(type)); return;
            case BoundExpression.Call { Function.Write: { } write } x: write(this, x, to); Pad(x.Type, to, type); return;
            case BoundExpression.Builtin { What.Write: { } write } x: write(this, to); Pad(x.Type, to, type); return;
            case BoundExpression.Tuple x when type is TraceType.Tuple tuple: WriteTuple(x, to, tuple); return;
            case BoundExpression.MapValue x when !Binder.IsNumber(x.Type): WriteEntry(x, to); Pad(x.Type, to, type); return;
            case BoundExpression.Conditional x: WriteConditional(x, to, type); return;
            case BoundExpression.Block x: LowerBlock(x); Write(x.Value, to, type); return;
            case BoundExpression.Cast { Operand.Type: TraceType.Integer, Type: TraceType.Array } x: Store(to, Lower(x.Operand), ValueLayout.SizeOf(x.Type)); return;
        }

        if (Binder.IsNumber(expression.Type) || expression.Type is TraceType.Nothing)
        {
            Store(to, Lower(expression), Math.Min(sizeof(ulong), ValueLayout.SizeOf(type)));
            return;
        }

        if (type is TraceType.Tuple wanted && expression.Type is TraceType.Tuple given && given != wanted)
        {
            WriteConverted(PlaceOf(expression), given, to, wanted);
            return;
        }

        Fill(PlaceOf(expression), expression.Type, to, type);
    }

    /// <summary>Where a value of a kind that lies in memory is. It is put somewhere first when it is nowhere.</summary>
    public Place PlaceOf(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundExpression.Variable x: return PlaceOf(x.Symbol);
            case BoundExpression.Arguments { Type: TraceType.Record arguments } when Site is ProbeSite.UserProbe: return Collected(arguments);
            case BoundExpression.Arguments: return new(Context, 0, Reach.Context);
            case BoundExpression.Context: return new(Context, 0, Reach.Context);
            case BoundExpression.Field x: return FieldPlace(x);
            case BoundExpression.Element { Whole.Type: TraceType.Tuple tuple } x: return PlaceOf(x.Whole).Plus(ValueLayout.OffsetsOf(tuple)[x.Position]);
            case BoundExpression.At x: return ElementPlace(x);
            case BoundExpression.Dereference x: return TargetOf(x);
            case BoundExpression.Cast x when !Binder.IsNumber(x.Operand.Type): return PlaceOf(x.Operand);
            default:
                var place = Temporary(expression.Type);
                Write(expression, place, expression.Type);
                return place;
        }
    }

    /// <summary>The place that an address of a space is the address of.</summary>
    public Place PlaceAt(Value address, MemorySpace space)
    {
        if (space is MemorySpace.Context) return new(Context, 0, Reach.Context);
        var (reach, into) = space is MemorySpace.User ? (Reach.User, AddressSpace.User) : (Reach.Kernel, AddressSpace.KernelProbe);
        var pointer = IrType.PointerTo(into);
        return new(address.Type == pointer ? address : Add(new Convert(Conversion.Reinterpret, pointer, address)), 0, reach, IsAligned: false);
    }

    // Registers and words of the stack, side by side.
    private Place Collected(TraceType.Record arguments)
    {
        var place = Temporary(arguments);
        foreach (var member in arguments.Layout.Members) Store(place.Plus(member.Offset), LowerWord(member.Word ?? 0), sizeof(ulong));
        return place;
    }

    private Place TargetOf(BoundExpression.Dereference x) => PlaceAt(Lower(x.Pointer), x.Pointer.Type is TraceType.Pointer p ? p.Space : MemorySpace.Kernel);

    private Place FieldPlace(BoundExpression.Field x)
    {
        Debug.Assert(x.Member.Location is FieldLocation.Inline, "what stands elsewhere is known by its address");
        return PlaceOf(x.Record).Plus(x.Member.Offset);
    }

    // The word holds a distance and a length.
    private Value LowerDistant(BoundExpression.Field x)
    {
        var record = PlaceOf(x.Record);
        var word = Load(record.Plus(x.Member.Offset), TraceType.UInt32);
        var distance = Combine(BinaryOperator.And, word, Number(0xffff));
        if (x.Member.Location is FieldLocation.FromField) distance = Combine(BinaryOperator.Add, distance, Number(x.Member.Offset + sizeof(uint)));
        return Combine(BinaryOperator.Add, AsNumber(record.Address), distance);
    }

    private Place ElementPlace(BoundExpression.At x)
    {
        var array = PlaceOf(x.Array);
        int size = ValueLayout.SizeOf(x.Type);
        if (x.Position is BoundExpression.Number known) return array.Plus(checked((int)(known.Value * size)));
        var distance = Lower(x.Position);
        if (array.Reach is Reach.Local or Reach.Context)
        {
            // The verifier must see that it stays inside; what is beyond reads the first element.
            int count = Math.Max(1, ValueLayout.SizeOf(x.Array.Type) / size);
            distance = Add(new Select(Compare(Comparison.Below, distance, Number(count)), distance, Number(0)));
        }

        if (size > 1) distance = Combine(BinaryOperator.Mul, distance, Number(size));
        return array with { Address = Add(new Binary(BinaryOperator.Add, array.Address, distance)), IsAligned = false };
    }

    private void WriteTuple(BoundExpression.Tuple x, Place to, TraceType.Tuple type)
    {
        int[] offsets = ValueLayout.OffsetsOf(type);
        int end = 0;
        for (int i = 0; i < offsets.Length; i++)
        {
            Clear(to.Plus(end), offsets[i] - end);
            Write(x.Elements[((TraceType.Tuple)x.Type).PositionOf(i, type)], to.Plus(offsets[i]), type.Elements[i]);
            end = offsets[i] + ValueLayout.SizeOf(type.Elements[i]);
        }

        Clear(to.Plus(end), ValueLayout.SizeOf(type) - end);
    }

    private void WriteConverted(Place from, TraceType.Tuple given, Place to, TraceType.Tuple wanted)
    {
        int[] sources = ValueLayout.OffsetsOf(given), offsets = ValueLayout.OffsetsOf(wanted);
        Clear(to, ValueLayout.SizeOf(wanted));
        for (int i = 0; i < offsets.Length; i++)
        {
            int source = given.PositionOf(i, wanted);
            if (given.Elements[source] is TraceType.Tuple inner && wanted.Elements[i] is TraceType.Tuple innerWanted) WriteConverted(from.Plus(sources[source]), inner, to.Plus(offsets[i]), innerWanted);
            else Fill(from.Plus(sources[source]), given.Elements[source], to.Plus(offsets[i]), wanted.Elements[i]);
        }
    }

    /// <summary>Writes bytes that are known, and zeros behind them.</summary>
    public void WriteLiteral(ReadOnlySpan<byte> text, Place to, int capacity)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        int used = ValueLayout.Align(Math.Min(text.Length + 1, capacity), 1);
        foreach (var (offset, bytes) in Steps(to, used))
        {
            word.Clear();
            if (offset < text.Length) text[offset..Math.Min(text.Length, offset + bytes)].CopyTo(word);
            Store(to.Plus(offset), Number(BitConverter.ToInt64(word)), bytes);
        }

        Clear(to.Plus(used), capacity - used);
    }

    private void WriteConditional(BoundExpression.Conditional x, Place to, TraceType type)
    {
        Block then = NewBlock("then"), otherwise = NewBlock("else"), end = NewBlock("end");
        BranchOn(x.Condition, then, otherwise);
        Enter(then);
        Write(x.WhenTrue, to, type);
        JumpTo(end);
        EnterFresh(otherwise);
        Write(x.WhenFalse, to, type);
        Enter(end);
    }

    // Text of the program's own is zero behind its end, so that it can be compared and looked up as it is. Elsewhere something older may stand there.
    private void Fill(Place from, TraceType given, Place to, TraceType wanted)
    {
        int size = Math.Min(ValueLayout.SizeOf(given), ValueLayout.SizeOf(wanted));
        bool isForeign = given is TraceType.Text && from.Reach is not Reach.Local;
        bool isShort = size <= MostInlineText && size % sizeof(ulong) == 0 && to.IsAligned && to.Offset % sizeof(ulong) == 0;
        if (isForeign && !isShort)
        {
            CopyText(to, AddressOf(from), size, from.Reach is Reach.User, clears: true);
        }
        else
        {
            Copy(to, from, size);
            if (isForeign) ClearBehindText(to, size);
        }

        Clear(to.Plus(size), ValueLayout.SizeOf(wanted) - size);
    }

    private void ClearBehindText(Place text, int size)
    {
        Value? left = null; // all bits, until the text has ended
        for (int offset = 0; offset < size; offset += sizeof(ulong))
        {
            var word = Load(text.Plus(offset), TraceType.UInt64);

            // The lowest bit of these is the highest of the first byte that is zero.
            var ends = Combine(BinaryOperator.And, Combine(BinaryOperator.And, Combine(BinaryOperator.Sub, word, Number(0x0101010101010101)), Combine(BinaryOperator.Xor, word, Number(-1))), Number(unchecked((long)0x8080808080808080)));
            var first = Combine(BinaryOperator.And, ends, Combine(BinaryOperator.Sub, Number(0), ends));
            var kept = Combine(BinaryOperator.And, word, Combine(BinaryOperator.Sub, first, Number(1)));
            Store(text.Plus(offset), left is null ? kept : Combine(BinaryOperator.And, kept, left), sizeof(ulong));
            left = Add(new Select(Compare(Comparison.Equal, ends, Number(0)), left ?? Number(-1), Number(0)));
        }
    }

    private void Pad(TraceType given, Place to, TraceType wanted)
    {
        int size = ValueLayout.SizeOf(given);
        if (ValueLayout.SizeOf(wanted) > size) Clear(to.Plus(size), ValueLayout.SizeOf(wanted) - size);
    }

    private static List<(int Offset, int Bytes)> Steps(Place place, int size) => Steps(place, place, size);

    // As wide as the places allow.
    private static List<(int Offset, int Bytes)> Steps(Place a, Place b, int size)
    {
        List<(int, int)> steps = [];
        for (int offset = 0; offset < size;)
        {
            int bytes = sizeof(ulong);
            while (bytes > size - offset || !Fits(a, offset, bytes) || !Fits(b, offset, bytes)) bytes /= 2;
            steps.Add((offset, bytes));
            offset += bytes;
        }

        return steps;
    }

    private static bool Fits(Place place, int offset, int bytes) => bytes == 1 || (place.IsAligned && (place.Offset + offset) % bytes == 0);
}
