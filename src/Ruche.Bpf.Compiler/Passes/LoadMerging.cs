// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// A number put together of neighbouring loads is loaded as a whole, its bytes swapped where the first is the highest. What it was made of must be needed
/// for nothing else, and nothing may be written between the loads.
/// </summary>
internal sealed class LoadMerging
{
    private readonly List<Part> _parts = [];
    private readonly HashSet<Value> _tree = new(ReferenceEqualityComparer.Instance);

    private sealed class Part(Load load, int shift)
    {
        public Load Load => load;

        public int Shift => shift;

        public MemoryPlace Place { get; } = MemoryPlace.Of(load);
    }

    public static void Run(Function function)
    {
        HashSet<Value>? shared = null;
        Substitution substitution = new();
        foreach (var block in function.Blocks)
        {
            // From the end on, so that the whole of a sum is seen before its terms.
            for (int i = block.Operations.Count - 1; i >= 0; i--)
            {
                if (block.Operations[i] is not Binary { Operator: BinaryOperator.Or or BinaryOperator.Add, Right: not Constant } sum) continue;
                LoadMerging merging = new();
                if (!merging.Collect(sum, 0, sum.Type.Bits)) continue;
                shared ??= SharedValues.Of(function);
                if (merging.Merged(block, sum, shared) is not { } merged) continue;
                substitution.Add(sum, merged);
                i = block.Operations.Count;
            }
        }

        substitution.Apply(function);
    }

    /// <summary>Finds the loads that a value is the sum of, and how far each is shifted; none may lose a bit at the limit, or before.</summary>
    private bool Collect(Value value, int shift, int limit)
    {
        _tree.Add(value);
        switch (value)
        {
            case Binary { Operator: BinaryOperator.Or or BinaryOperator.Add, Type: IrType.Int } x:
                return Collect(x.Left, shift, limit) && Collect(x.Right, shift, limit);
            case Binary { Operator: BinaryOperator.Shl, Right: Constant count } x:
                return (ulong)count.Number < (ulong)x.Type.Bits && Collect(x.Left, shift + (int)count.Number, limit);
            case Convert { Conversion: Conversion.ZeroExtend or Conversion.Truncate } x:
                return Collect(x.Operand, shift, Math.Min(limit, shift + Math.Min(x.Type.Bits, x.Operand.Type.Bits)));
            case Load { Type: IrType.Int { Width: 8 or 16 or 32 } } x when shift + x.Type.Bits <= limit:
                _parts.Add(new(x, shift));
                return true;
            default:
                return false;
        }
    }

    private Operation? Merged(Block block, Binary sum, HashSet<Value> shared)
    {
        _parts.Sort((a, b) => a.Place.Offset.CompareTo(b.Place.Offset));
        var first = _parts[0];
        int bytes = (int)(_parts[^1].Place.End - first.Place.Offset);
        bool isBig = _parts[^1].Shift < first.Shift;
        if (bytes is not (2 or 4 or 8) || !AreNeighbours(isBig) || !first.Place.TakesAccess(bytes) || IsNeededElsewhere(sum, shared)) return null;
        int last = LastOf(block);
        if (last < 0) return null;

        List<Operation> made = [new Load(IrType.IntOf(bytes * 8), first.Place.Base, (int)first.Place.Offset)];
        if (isBig) made.Add(new SwapBytes(made[^1]));
        if (sum.Type.Bits > bytes * 8) made.Add(new Convert(Conversion.ZeroExtend, sum.Type, made[^1]));
        int low = Math.Min(first.Shift, _parts[^1].Shift);
        if (low > 0) made.Add(new Binary(BinaryOperator.Shl, made[^1], new Constant(sum.Type, low)));
        foreach (var operation in made) operation.Source = sum.Source;
        made[^1].Name = sum.Name;
        block.Operations.InsertRange(last + 1, made);
        block.Operations.RemoveAll(_tree.Contains);
        return made[^1];
    }

    // Each part follows the one before it, in memory and in the number; of those in the opposite order each must be a byte.
    private bool AreNeighbours(bool isBig)
    {
        for (int i = 1; i < _parts.Count; i++)
        {
            Part before = _parts[i - 1], part = _parts[i];
            if (part.Place.Base != before.Place.Base || part.Place.Offset != before.Place.End) return false;
            if (isBig ? part.Place.Bytes > 1 || before.Place.Bytes > 1 || part.Shift != before.Shift - 8 : part.Shift != before.Shift + (before.Place.Bytes * 8)) return false;
        }

        return true;
    }

    private bool IsNeededElsewhere(Binary sum, HashSet<Value> shared)
    {
        foreach (var value in _tree)
        {
            if (value != sum && shared.Contains(value)) return true;
        }

        return false;
    }

    /// <summary>Where the last of the loads stands; negative when they are not all in the block, or something between them may write there.</summary>
    private int LastOf(Block block)
    {
        int seen = 0;
        for (int i = 0; i < block.Operations.Count; i++)
        {
            var operation = block.Operations[i];
            if (_parts.Exists(p => p.Load == operation))
            {
                if (++seen == _parts.Count) return IsWhole(block) ? i : -1;
            }
            else if (seen > 0 && operation.HasEffects && !(operation is Store store && !_parts.Exists(p => p.Place.MayOverlap(MemoryPlace.Of(store))))) return -1;
        }

        return -1;
    }

    private bool IsWhole(Block block)
    {
        int found = 0;
        foreach (var operation in block.Operations)
        {
            if (_tree.Contains(operation)) found++;
        }

        return found == _tree.Count;
    }
}
