// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Selection;

namespace Ruche.Bpf.Compiler.Allocation;

/// <summary>Which registers hold something at the same time, which are copied to one another, and what it would cost to keep each on the stack.</summary>
internal sealed class Interference
{
    private readonly NumberSet[] _neighbours;

    public Interference(MachineFunction function)
    {
        _neighbours = new NumberSet[function.RegisterCount];
        for (int i = 0; i < _neighbours.Length; i++) _neighbours[i] = new(function.RegisterCount);
        Costs = new double[function.RegisterCount];
        for (int one = 0; one < MachineFunction.Frame; one++)
        {
            for (int other = 0; other < one; other++) Connect(one, other);
        }

        Liveness liveness = new(function, function.RegisterCount, Step);
        foreach (var block in function.Blocks)
        {
            var live = liveness.AtEnd(block);
            for (int i = block.Instructions.Count - 1; i >= 0; i--) Add(block.Instructions[i], live, block.LoopDepth);
        }

        foreach (int register in function.Unspillable) Costs[register] = double.PositiveInfinity;
    }

    public double[] Costs { get; }

    /// <summary>The copies.</summary>
    public List<RegisterCopy> Copies { get; } = [];

    public NumberSet Neighbours(int register) => _neighbours[register];

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

    private static void Step(NumberSet live, MachineInstruction instruction)
    {
        var (written, read) = (instruction.Writes, instruction.Reads);
        for (int i = 0; i < written.Count; i++) live.Remove(written[i]);
        for (int i = 0; i < read.Count; i++) live.Add(read[i]);
    }

    private void Add(MachineInstruction instruction, NumberSet live, int loopDepth)
    {
        // A copy's two registers hold the same, so they may be one.
        if (instruction.IsCopy)
        {
            Copies.Add(new(instruction.Destination, instruction.Source, loopDepth));
            live.Remove(instruction.Source);
        }

        double weight = Math.Pow(10, Math.Min(loopDepth, 6));
        var (written, read) = (instruction.Writes, instruction.Reads);
        for (int i = 0; i < written.Count; i++)
        {
            Costs[written[i]] += weight;
            foreach (int other in live) Connect(written[i], other);
            for (int k = 0; k < i; k++) Connect(written[i], written[k]);
        }

        for (int i = 0; i < read.Count; i++) Costs[read[i]] += weight;
        Step(live, instruction);
    }

    private void Connect(int one, int other)
    {
        if (one == other || one == MachineFunction.Frame || other == MachineFunction.Frame) return;
        _neighbours[one].Add(other);
        _neighbours[other].Add(one);
    }
}
