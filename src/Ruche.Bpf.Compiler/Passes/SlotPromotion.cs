// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Keeps what is stored on the stack in values instead, piece by piece, where every use of a slot is a load or a store, and no two of them overlap
/// in part. What is read before anything was stored is zero.
/// </summary>
internal sealed class SlotPromotion
{
    private readonly ControlFlow _flow;
    private readonly Substitution _substitution = new();
    private readonly Dictionary<(Piece Piece, Block Block), Value> _atEnd = [];
    private readonly Dictionary<(Piece Piece, Block Block), Value> _atStart = [];

    private SlotPromotion(Function function) => _flow = new(function);

    private sealed record Piece(StackSlot Slot, int Offset, IrType Type);

    public static void Run(Function function)
    {
        if (!function.Blocks.Exists(b => b.Operations.Exists(o => o is StackSlot))) return;
        var pieces = FindPieces(function);
        if (pieces.Count > 0) new SlotPromotion(function).Promote(function, pieces);
    }

    private void Promote(Function function, Dictionary<(StackSlot Slot, int Offset), Piece> pieces)
    {
        // What a block leaves behind is known from the block alone, so it is found before anything is asked.
        List<(Load Load, Piece Piece, Block Block, Store? Before)> loads = [];
        foreach (var block in _flow.Order)
        {
            Dictionary<Piece, Store> last = [];
            foreach (var operation in block.Operations)
            {
                if (operation is Load load && pieces.TryGetValue(KeyOf(load.Address, load.Offset), out var read)) loads.Add((load, read, block, last.GetValueOrDefault(read)));
                else if (operation is Store store && pieces.TryGetValue(KeyOf(store.Address, store.Offset), out var written)) last[written] = store;
            }

            foreach (var (piece, store) in last) _atEnd[(piece, block)] = store.Value;
        }

        foreach (var (load, piece, block, before) in loads) Supply(load, before?.Value ?? AtStart(piece, block), block);
        foreach (var block in function.Blocks) block.Operations.RemoveAll(o => IsPromoted(pieces, o));
        _substitution.Apply(function);
    }

    private void Supply(Load load, Value value, Block block)
    {
        if (value.Type == load.Type)
        {
            _substitution.Add(load, value);
            return;
        }

        Convert converted = new(Conversion.Reinterpret, load.Type, value) { Source = load.Source };
        block.Operations[block.Operations.IndexOf(load)] = converted;
        _substitution.Add(load, converted);
    }

    private Value AtEnd(Piece piece, Block block) => _atEnd.TryGetValue((piece, block), out var value) ? value : AtStart(piece, block);

    private Value AtStart(Piece piece, Block block)
    {
        if (_atStart.TryGetValue((piece, block), out var known)) return known;
        var predecessors = _flow.Predecessors(block);
        if (predecessors.Count == 0) return new Constant(piece.Type, 0);
        if (predecessors.Count == 1) return _atStart[(piece, block)] = AtEnd(piece, predecessors[0]);

        // A parameter stands for it while the blocks before are asked, this one among them where there is a loop.
        BlockParameter parameter = new(piece.Type) { Name = piece.Slot.Name };
        _atStart[(piece, block)] = parameter;
        block.Parameters.Add(parameter);
        foreach (var predecessor in predecessors.Distinct())
        {
            var value = AtEnd(piece, predecessor);
            var end = predecessor.Terminator;
            for (int i = 0; i < end.Edges.Count; i++)
            {
                if (end.Edges[i].Target == block) end.Redirect(i, new(block, [.. end.Edges[i].Arguments, Typed(value, piece.Type, predecessor)]));
            }
        }

        return parameter;
    }

    // Pieces of one place may be stored as a number and as an address.
    private static Value Typed(Value value, IrType type, Block block)
    {
        if (value.Type == type) return value;
        if (value is Constant constant) return new Constant(type, constant.Number);
        Convert converted = new(Conversion.Reinterpret, type, value);
        block.Operations.Insert(block.Operations.Count - 1, converted);
        return converted;
    }

    private static bool IsPromoted(Dictionary<(StackSlot Slot, int Offset), Piece> pieces, Operation operation) => operation switch
    {
        Load load => pieces.ContainsKey(KeyOf(load.Address, load.Offset)),
        Store store => pieces.ContainsKey(KeyOf(store.Address, store.Offset)),
        _ => false,
    };

    private static (StackSlot Slot, int Offset) KeyOf(Value address, int offset) => ((address as StackSlot)!, offset);

    private static Dictionary<(StackSlot Slot, int Offset), Piece> FindPieces(Function function)
    {
        HashSet<Value> escaped = new(ReferenceEqualityComparer.Instance);
        Dictionary<StackSlot, SortedDictionary<int, IrType>> accesses = [];
        foreach (var operation in function.Operations)
        {
            for (int i = 0; i < operation.Operands.Count; i++)
            {
                if (operation.Operands[i] is not StackSlot slot) continue;
                var (type, offset) = operation switch
                {
                    Load load => (load.Type, load.Offset),
                    Store store when i == 0 => (store.Value.Type, store.Offset),
                    _ => (IrType.None, 0),
                };
                if (!accesses.TryGetValue(slot, out var places)) accesses.Add(slot, places = []);
                if (type is IrType.Void || (places.TryGetValue(offset, out var other) && other.Bits != type.Bits)) escaped.Add(slot);
                else places.TryAdd(offset, type);
            }

            if (operation is Terminator end) escaped.UnionWith(end.Edges.SelectMany(e => e.Arguments));
        }

        Dictionary<(StackSlot, int), Piece> pieces = [];
        foreach (var (slot, places) in accesses)
        {
            int end = int.MinValue;
            if (escaped.Contains(slot) || places.Any(p => Overlaps(p, ref end))) continue;
            foreach (var (offset, type) in places) pieces.Add((slot, offset), new(slot, offset, type));
        }

        return pieces;
    }

    private static bool Overlaps(KeyValuePair<int, IrType> place, ref int end)
    {
        bool overlaps = place.Key < end;
        end = place.Key + place.Value.Bytes;
        return overlaps;
    }
}
