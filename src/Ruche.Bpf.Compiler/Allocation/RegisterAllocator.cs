// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Selection;

namespace Ruche.Bpf.Compiler.Allocation;

/// <summary>
/// Finds a machine register for every register of a function by colouring the graph of those that hold something at the same time (Chaitin, Briggs):
/// copies are joined where that cannot make it harder, what has few neighbours is put aside, and what finds no register is kept on the stack, or made
/// again where it is needed.
/// </summary>
internal sealed class RegisterAllocator
{
    private const int Colours = MachineFunction.Frame;

    private readonly MachineFunction _function;
    private readonly Interference _graph;
    private readonly int[] _joined;

    private RegisterAllocator(MachineFunction function)
    {
        _function = function;
        _graph = new(function);
        _joined = [.. Enumerable.Range(0, function.RegisterCount)];
    }

    /// <summary>Writes machine registers into a function.</summary>
    public static void Allocate(MachineFunction function)
    {
        while (true)
        {
            RegisterAllocator allocator = new(function);
            allocator.JoinCopies();
            if (!allocator.TryColour(out int[] colours, out var spilled))
            {
                Spiller.Spill(function, allocator.Members(spilled));
                continue;
            }

            allocator.Write(colours);
            return;
        }
    }

    private int Of(int register)
    {
        while (_joined[register] != register) register = _joined[register];
        return register;
    }

    private void JoinCopies()
    {
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (var (to, from, _) in _graph.Copies.OrderByDescending(c => c.Weight))
            {
                int one = Of(to), other = Of(from);
                if (one == other || one == MachineFunction.Frame || other == MachineFunction.Frame || _graph.Interfere(one, other)) continue;
                var (kept, gone) = other < MachineFunction.MachineRegisters ? (other, one) : (one, other);
                if (gone < MachineFunction.MachineRegisters || _function.Unspillable.Contains(kept) || _function.Unspillable.Contains(gone) || !StaysColourable(kept, gone)) continue;
                _graph.Join(kept, gone);
                _joined[gone] = kept;
                changed = true;
            }
        }
    }

    // With a machine register: each neighbour of the other is its neighbour already, or has few (George). Otherwise few have many (Briggs).
    private bool StaysColourable(int kept, int gone)
    {
        if (kept < MachineFunction.MachineRegisters)
            return _graph.Neighbours(gone).All(n => n < MachineFunction.MachineRegisters || _graph.Neighbours(n).Count < Colours || _graph.Interfere(n, kept));
        return _graph.Neighbours(kept).Union(_graph.Neighbours(gone)).Count(n => _graph.Neighbours(n).Count >= Colours) < Colours;
    }

    private bool TryColour(out int[] colours, out int spilled)
    {
        colours = new int[_function.RegisterCount];
        Array.Fill(colours, -1);
        for (int i = 0; i < Colours; i++) colours[i] = i;
        spilled = -1;
        foreach (int register in ColouringOrder())
        {
            int colour = ColourFor(register, colours);
            if (colour < 0)
            {
                spilled = Cheapest(register);
                return false;
            }

            colours[register] = colour;
        }

        return true;
    }

    // What could not be coloured, or a neighbour that is cheaper to keep on the stack.
    private int Cheapest(int register) =>
        _graph.Neighbours(register).Where(n => n >= MachineFunction.MachineRegisters).Append(register).MinBy(r => _graph.Costs[r] / (1 + _graph.Neighbours(r).Count));

    private Stack<int> ColouringOrder()
    {
        Stack<int> order = [];
        var left = Enumerable.Range(MachineFunction.MachineRegisters, _function.RegisterCount - MachineFunction.MachineRegisters).Where(r => Of(r) == r).ToHashSet();
        var degrees = left.ToDictionary(r => r, r => _graph.Neighbours(r).Count);
        while (left.Count > 0)
        {
            int next = left.Where(r => degrees[r] < Colours).DefaultIfEmpty(-1).First();
            if (next < 0) next = left.MinBy(r => _graph.Costs[r] / (1 + degrees[r]));
            left.Remove(next);
            order.Push(next);
            foreach (int neighbour in _graph.Neighbours(next))
            {
                if (degrees.TryGetValue(neighbour, out int degree)) degrees[neighbour] = degree - 1;
            }
        }

        return order;
    }

    // The register of a copy's other side when it is free, so that the copy goes; otherwise one that calls change, if it may.
    private int ColourFor(int register, int[] colours)
    {
        HashSet<int> taken = [.. _graph.Neighbours(register).Select(n => colours[n])];
        var wanted = _graph.Copies.Where(c => Of(c.To) == register || Of(c.From) == register)
            .Select(c => colours[Of(c.To) == register ? Of(c.From) : Of(c.To)]).Where(c => c is >= 0 and < Colours);
        return wanted.Concat([1, 2, 3, 4, 5, 0, 6, 7, 8, 9]).Where(c => !taken.Contains(c)).DefaultIfEmpty(-1).First();
    }

    private HashSet<int> Members(int register) => [.. Enumerable.Range(0, _joined.Length).Where(r => Of(r) == register)];

    private void Write(int[] colours)
    {
        int Colour(int register) => register is MachineInstruction.None or MachineFunction.Frame ? register : colours[Of(register)];
        foreach (var block in _function.Blocks)
        {
            foreach (var instruction in block.Instructions)
            {
                instruction.Destination = Colour(instruction.Destination);
                instruction.Source = Colour(instruction.Source);
            }

            block.Instructions.RemoveAll(i => i.IsCopy && i.Source == i.Destination);
        }
    }
}
