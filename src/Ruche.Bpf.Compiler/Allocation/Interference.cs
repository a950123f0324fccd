// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Selection;

namespace Ruche.Bpf.Compiler.Allocation;

/// <summary>Which registers hold something at the same time, which are copied to one another, and what it would cost to keep each on the stack.</summary>
internal sealed class Interference
{
    private readonly HashSet<int>[] _neighbours;

    public Interference(MachineFunction function)
    {
        _neighbours = [.. Enumerable.Range(0, function.RegisterCount).Select(_ => new HashSet<int>())];
        Costs = new double[function.RegisterCount];
        for (int one = 0; one < MachineFunction.Frame; one++)
        {
            for (int other = 0; other < one; other++) Connect(one, other);
        }

        Liveness liveness = new(function);
        foreach (var block in function.Blocks)
        {
            var live = liveness.AtEnd(block);
            double weight = Math.Pow(10, Math.Min(block.LoopDepth, 6));
            for (int i = block.Instructions.Count - 1; i >= 0; i--) Add(block.Instructions[i], live, weight);
        }

        foreach (int register in function.Unspillable) Costs[register] = double.PositiveInfinity;
    }

    public double[] Costs { get; }

    /// <summary>The copies, those of inner loops first.</summary>
    public List<RegisterCopy> Copies { get; } = [];

    public IReadOnlyCollection<int> Neighbours(int register) => _neighbours[register];

    public bool Interfere(int one, int other) => _neighbours[one].Contains(other);

    /// <summary>Two registers become one.</summary>
    public void Join(int kept, int gone)
    {
        foreach (int neighbour in _neighbours[gone])
        {
            _neighbours[neighbour].Remove(gone);
            Connect(kept, neighbour);
        }

        _neighbours[gone].Clear();
        Costs[kept] += Costs[gone];
    }

    private void Add(MachineInstruction instruction, HashSet<int> live, double weight)
    {
        // A copy's two registers hold the same, so they may be one.
        if (instruction.IsCopy)
        {
            Copies.Add(new(instruction.Destination, instruction.Source, weight));
            live.Remove(instruction.Source);
        }

        foreach (int written in instruction.Writes)
        {
            Costs[written] += weight;
            foreach (int other in live) Connect(written, other);
            foreach (int other in instruction.Writes) Connect(written, other);
        }

        foreach (int read in instruction.Reads) Costs[read] += weight;
        Liveness.Step(live, instruction);
    }

    private void Connect(int one, int other)
    {
        if (one == other || one == MachineFunction.Frame || other == MachineFunction.Frame) return;
        _neighbours[one].Add(other);
        _neighbours[other].Add(one);
    }
}
