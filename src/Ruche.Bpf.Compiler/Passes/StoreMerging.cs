// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Neighbouring stores that nothing reads in between become one: of constants, of a number and zeros above it, of the pieces of one number, of what was just
/// loaded from neighbouring places. The wide store stands where the last of them stood, and is only made where it takes fewer instructions.
/// </summary>
internal sealed class StoreMerging(Block block, HashSet<Value> shared)
{
    private static readonly int[] Sizes = [8, 4, 2];

    private readonly List<Write> _open = [];

    private sealed class Write(Store store)
    {
        public Store Store => store;

        public Value Value => store.Value;

        public MemoryPlace Place { get; } = MemoryPlace.Of(store);
    }

    public static void Run(Function function)
    {
        HashSet<Value>? shared = null;
        foreach (var block in function.Blocks)
        {
            if (block.Operations.Exists(o => o is Store)) new StoreMerging(block, shared ??= SharedValues.Of(function)).Run();
        }
    }

    private void Run()
    {
        foreach (var operation in block.Operations.ToArray())
        {
            if (operation is Store store)
            {
                Write write = new(store);
                if (_open.Exists(w => w.Place.MayOverlap(write.Place))) Close();
                _open.Add(write);
            }
            else if (_open.Count > 0 && MayRead(operation)) Close();
        }
    }

    // A lookup has no effect, but reads the key.
    private bool MayRead(Operation operation) => operation switch
    {
        Load load => MayRead(MemoryPlace.Of(load)),
        HelperCall => operation.HasEffects || operation.Operands.Count > 0,
        _ => operation.HasEffects,
    };

    private bool MayRead(MemoryPlace place) => _open.Exists(w => w.Place.MayOverlap(place));

    private void Close()
    {
        while (_open.Count > 1)
        {
            var address = _open[0].Place.Base;
            var neighbours = _open.FindAll(w => w.Place.Base == address);
            _open.RemoveAll(w => w.Place.Base == address);
            neighbours.Sort((a, b) => a.Place.Offset.CompareTo(b.Place.Offset));
            for (int i = 0; i < neighbours.Count - 1;) i += Math.Max(1, MergeFrom(neighbours, i));
        }

        _open.Clear();
    }

    /// <summary>How many stores became one.</summary>
    private int MergeFrom(List<Write> writes, int first)
    {
        foreach (int size in Sizes)
        {
            if (!writes[first].Place.TakesAccess(size)) continue;
            int end = first + 1;
            while (end < writes.Count && writes[end].Place.Offset == writes[end - 1].Place.End && writes[end].Place.End - writes[first].Place.Offset <= size) end++;
            if (writes[end - 1].Place.End - writes[first].Place.Offset != size || end - first < 2) continue;
            var run = writes.GetRange(first, end - first);
            List<Operation> made = [];
            if ((Constants(run, size) ?? Widened(run, size, made) ?? Whole(run, size, made) ?? Copied(run, size, made)) is not { } value) continue;
            Replace(run, value, made);
            return run.Count;
        }

        return 0;
    }

    private void Replace(List<Write> run, Value value, List<Operation> made)
    {
        int at = block.Operations.FindLastIndex(o => run.Exists(w => w.Store == o));
        made.Add(new Store(run[0].Place.Base, (int)run[0].Place.Offset, value));
        foreach (var operation in made) operation.Source = block.Operations[at].Source;
        block.Operations.InsertRange(at, made);
        block.Operations.RemoveAll(o => run.Exists(w => w.Store == o));
    }

    private static Constant? Constants(List<Write> run, int size)
    {
        long number = 0;
        int cost = 0;
        foreach (var write in run)
        {
            if (write.Value is not Constant constant) return null;
            number |= constant.Number << ((int)(write.Place.Offset - run[0].Place.Offset) * 8);
            cost += Cost(constant);
        }

        Constant whole = new(IrType.IntOf(size * 8), number);
        return Cost(whole) < cost ? whole : null;
    }

    // A store holds 32 bits, sign-extended; other numbers are put into a register first, by one or two slots.
    private static int Cost(Constant constant) => constant.Signed is >= int.MinValue and <= int.MaxValue ? 1 : (ulong)constant.Number <= uint.MaxValue ? 2 : 3;

    /// <summary>A number lies zero-extended in its register, so what is above it is stored with it; one that was truncated must be cut first.</summary>
    private static Convert? Widened(List<Write> run, int size, List<Operation> made)
    {
        if (run[0].Value is not { Type: IrType.Int { Width: > 1 } } number || number is Constant) return null;
        if (run.Count == 2 && number is Convert { Conversion: Conversion.Truncate }) return null;
        for (int i = 1; i < run.Count; i++)
        {
            if (run[i].Value is not Constant { Number: 0 }) return null;
        }

        Convert widened = new(Conversion.ZeroExtend, IrType.IntOf(size * 8), number);
        made.Add(widened);
        return widened;
    }

    /// <summary>The number that each stores a piece of; its bytes are swapped where the highest lies first.</summary>
    private static Value? Whole(List<Write> run, int size, List<Operation> made)
    {
        var (whole, first) = PieceOf(run[0].Value);
        int last = PieceOf(run[^1].Value).Shift, low = Math.Min(first, last);
        bool isBig = last < first;
        if (whole is Constant || whole.Type is not IrType.Int || low + (size * 8) > whole.Type.Bits) return null;
        foreach (var write in run)
        {
            var (value, shift) = PieceOf(write.Value);
            int distance = (int)(write.Place.Offset - run[0].Place.Offset);
            if (value != whole || write.Value.Type.Bits != write.Place.Bytes * 8 || (isBig && write.Place.Bytes > 1) || shift != low + (8 * (isBig ? size - 1 - distance : distance))) return null;
        }

        var type = IrType.IntOf(size * 8);
        if (low > 0) whole = Made(new Binary(BinaryOperator.LShr, whole, new Constant(whole.Type, low)));
        if (whole.Type != type) whole = Made(new Convert(Conversion.Truncate, type, whole));
        return isBig ? Made(new SwapBytes(whole)) : whole;

        Operation Made(Operation operation)
        {
            made.Add(operation);
            return operation;
        }
    }

    /// <summary>What lies side by side where it comes from, too, and is not needed for anything else.</summary>
    private Load? Copied(List<Write> run, int size, List<Operation> made)
    {
        if (run[0].Value is not Load first) return null;
        var source = MemoryPlace.Of(first);
        if (!source.TakesAccess(size)) return null;
        foreach (var write in run)
        {
            if (write.Value is not Load load || shared.Contains(load)) return null;
            var place = MemoryPlace.Of(load);
            if (place.Base != source.Base || place.Offset - source.Offset != write.Place.Offset - run[0].Place.Offset || place.Bytes != write.Place.Bytes || !StaysUntil(load, place, run)) return null;
        }

        Load whole = new(IrType.IntOf(size * 8), source.Base, (int)source.Offset) { Name = first.Name };
        made.Add(whole);
        return whole;
    }

    // Whether what is loaded is still there where the last of the stores stands.
    private bool StaysUntil(Load load, MemoryPlace place, List<Write> run)
    {
        int from = block.Operations.IndexOf(load), to = block.Operations.FindLastIndex(o => run.Exists(w => w.Store == o));
        if (from < 0) return false;
        for (int i = from; i < to; i++)
        {
            var operation = block.Operations[i];
            if (operation is Store store ? MemoryPlace.Of(store).MayOverlap(place) : operation.HasEffects) return false;
        }

        return true;
    }

    /// <summary>What a number is a piece of, and how far from its low end the piece lies.</summary>
    private static (Value Whole, int Shift) PieceOf(Value value)
    {
        int bits = value.Type.Bits, shift = 0;
        while (true)
        {
            switch (value)
            {
                case Convert { Conversion: Conversion.Truncate } x:
                    value = x.Operand;
                    break;
                case Convert { Conversion: Conversion.ZeroExtend } x when shift + bits <= x.Operand.Type.Bits:
                    value = x.Operand;
                    break;
                case Binary { Operator: BinaryOperator.LShr or BinaryOperator.AShr, Type: IrType.Int, Right: Constant count } x when shift + count.Number + bits <= x.Type.Bits && count.Number >= 0:
                    shift += (int)count.Number;
                    value = x.Left;
                    break;
                default:
                    return (value, shift);
            }
        }
    }
}
