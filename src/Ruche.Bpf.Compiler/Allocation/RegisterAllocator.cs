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
    private List<int>?[] _partners = [];

    private RegisterAllocator(MachineFunction function)
    {
        _function = function;
        _graph = new(function);
        _joined = new int[function.RegisterCount];
        for (int i = 0; i < _joined.Length; i++) _joined[i] = i;
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
        var copies = _graph.Copies;
        if (copies.Exists(c => c.LoopDepth > 0)) copies = [.. copies.OrderByDescending(c => c.LoopDepth)];
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (var (to, from, _) in copies)
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
        int inTheWay = 0, allowed = kept < MachineFunction.MachineRegisters ? 0 : Colours - 1;
        foreach (int neighbour in _graph.Neighbours(gone))
        {
            if (kept < MachineFunction.MachineRegisters && (neighbour < MachineFunction.MachineRegisters || _graph.Interfere(neighbour, kept))) continue;
            if (HasMany(neighbour)) inTheWay++;
        }

        if (kept >= MachineFunction.MachineRegisters)
        {
            foreach (int neighbour in _graph.Neighbours(kept))
            {
                if (!_graph.Interfere(neighbour, gone) && HasMany(neighbour)) inTheWay++;
            }
        }

        return inTheWay <= allowed;

        bool HasMany(int register) => _graph.Neighbours(register).Count >= Colours;
    }

    private bool TryColour(out int[] colours, out int spilled)
    {
        colours = new int[_function.RegisterCount];
        Array.Fill(colours, -1);
        for (int i = 0; i < Colours; i++) colours[i] = i;
        _partners = Partners();
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
    private int Cheapest(int register)
    {
        int cheapest = register;
        foreach (int neighbour in _graph.Neighbours(register))
        {
            if (neighbour >= MachineFunction.MachineRegisters && Price(neighbour) < Price(cheapest)) cheapest = neighbour;
        }

        return cheapest;

        double Price(int r) => _graph.Costs[r] / (1 + _graph.Neighbours(r).Count);
    }

    // First what has few neighbours left, which will find a register whatever the others get; where nothing has, what is cheapest to keep on the stack.
    private Stack<int> ColouringOrder()
    {
        Stack<int> order = [];
        NumberSet left = new(_function.RegisterCount), easy = new(_function.RegisterCount);
        int[] degrees = new int[_function.RegisterCount];
        for (int register = MachineFunction.MachineRegisters; register < degrees.Length; register++)
        {
            if (Of(register) != register) continue;
            left.Add(register);
            degrees[register] = _graph.Neighbours(register).Count;
            if (degrees[register] < Colours) easy.Add(register);
        }

        while (left.Count > 0)
        {
            int next = easy.Count > 0 ? easy.First() : Cheapest();
            left.Remove(next);
            easy.Remove(next);
            order.Push(next);
            foreach (int neighbour in _graph.Neighbours(next))
            {
                if (left.Contains(neighbour) && --degrees[neighbour] < Colours) easy.Add(neighbour);
            }
        }

        return order;

        int Cheapest()
        {
            int cheapest = -1;
            foreach (int register in left)
            {
                if (cheapest < 0 || _graph.Costs[register] / (1 + degrees[register]) < _graph.Costs[cheapest] / (1 + degrees[cheapest])) cheapest = register;
            }

            return cheapest;
        }
    }

    // The register of a copy's other side when it is free, so that the copy goes; otherwise one that calls change, if it may.
    private int ColourFor(int register, int[] colours)
    {
        int taken = 0;
        foreach (int neighbour in _graph.Neighbours(register))
        {
            if (colours[neighbour] >= 0) taken |= 1 << colours[neighbour];
        }

        foreach (int other in _partners[register] ?? [])
        {
            int wanted = colours[Of(other)];
            if (wanted is >= 0 and < Colours && (taken & (1 << wanted)) == 0) return wanted;
        }

        foreach (int colour in (ReadOnlySpan<int>)[1, 2, 3, 4, 5, 0, 6, 7, 8, 9])
        {
            if ((taken & (1 << colour)) == 0) return colour;
        }

        return -1;
    }

    /// <summary>For each register, what it is copied to or from.</summary>
    private List<int>?[] Partners()
    {
        var partners = new List<int>?[_function.RegisterCount];
        foreach (var (to, from, _) in _graph.Copies)
        {
            (partners[Of(to)] ??= []).Add(from);
            (partners[Of(from)] ??= []).Add(to);
        }

        return partners;
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
