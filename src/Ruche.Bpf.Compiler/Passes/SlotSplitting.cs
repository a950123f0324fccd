// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// A slot of which different parts are used apart becomes several: a helper that is given a part, of a size that is known, leaves the others free to become
/// values.
/// </summary>
internal sealed class SlotSplitting(Module module)
{
    private readonly Dictionary<StackSlot, List<Part>> _parts = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<StackSlot> _whole = new(ReferenceEqualityComparer.Instance);

    private sealed record Part(Operation User, int Operand, Operation Address, int Start, int Size);

    /// <summary>Whether a slot was split.</summary>
    public static bool Run(Module module, Function function)
    {
        SlotSplitting splitting = new(module);
        splitting.Collect(function);
        bool changed = false;
        foreach (var (slot, parts) in splitting._parts)
        {
            if (!splitting._whole.Contains(slot)) changed |= Split(function, slot, parts);
        }

        return changed;
    }

    private void Collect(Function function)
    {
        foreach (var operation in function.Operations)
        {
            for (int i = 0; i < operation.Operands.Count; i++)
            {
                if (SlotPlace.Behind(operation.Operands[i]) is not var (slot, distance)) continue;
                if (operation is Binary { Operator: BinaryOperator.Add } sum && SlotPlace.Behind(sum) is not null) continue;
                if (PartOf(operation, i, distance) is { } part) PartsOf(slot).Add(part);
                else _whole.Add(slot);
            }

            if (operation is not Terminator end) continue;
            foreach (var edge in end.Edges)
            {
                foreach (var argument in edge.Arguments)
                {
                    if (SlotPlace.Behind(argument) is var (slot, _)) _whole.Add(slot);
                }
            }
        }
    }

    private List<Part> PartsOf(StackSlot slot)
    {
        if (!_parts.TryGetValue(slot, out var parts)) _parts.Add(slot, parts = []);
        return parts;
    }

    private Part? PartOf(Operation user, int operand, int distance) => user switch
    {
        Load x => new(user, operand, (Operation)x.Address, distance + x.Offset, x.Type.Bytes),
        Store x when operand == 0 => new(user, operand, (Operation)x.Address, distance + x.Offset, x.Value.Type.Bytes),
        HelperCall x when HelperMemory.BytesOf(module, x, operand) is { } bytes => new(user, operand, (Operation)x.Operands[operand], distance, bytes),
        _ => null,
    };

    private static bool Split(Function function, StackSlot slot, List<Part> parts)
    {
        parts.Sort((a, b) => a.Start.CompareTo(b.Start));
        List<List<Part>> groups = [];
        int end = int.MinValue;
        foreach (var part in parts)
        {
            if (part.Start < 0 || part.Start + part.Size > slot.Size) return false;
            if (part.Start >= end) groups.Add([]);
            groups[^1].Add(part);
            end = Math.Max(end, part.Start + part.Size);
        }

        if (groups.Count < 2) return false;
        foreach (var group in groups) Replace(function, slot, group);
        return true;
    }

    private static void Replace(Function function, StackSlot slot, List<Part> group)
    {
        int start = group[0].Start;
        int alignment = slot.Alignment;
        while (start % alignment != 0) alignment /= 2;
        StackSlot own = new(group.Max(p => p.Start + p.Size) - start, alignment) { Name = slot.Name, Source = slot.Source };
        function.Entry.Operations.Insert(0, own);
        foreach (var part in group)
        {
            var block = function.Blocks.First(b => b.Operations.Contains(part.User));
            int index = block.Operations.IndexOf(part.User);
            Operation? nearer = part.User switch
            {
                Load x => new Load(x.Type, own, part.Start - start),
                Store x => new Store(own, part.Start - start, x.Value),
                _ => null,
            };
            if (nearer is null)
            {
                Value address = own;
                if (part.Start > start) block.Operations.Insert(index, (Operation)(address = new Binary(BinaryOperator.Add, own, new Constant(IrType.I64, part.Start - start)) { Source = part.User.Source }));
                part.User.Replace(part.Operand, address);
                continue;
            }

            (nearer.Name, nearer.Source) = (part.User.Name, part.User.Source);
            block.Operations[index] = nearer;
            Substitution substitution = new();
            substitution.Add(part.User, nearer);
            substitution.Apply(function);
        }
    }
}
