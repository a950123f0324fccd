// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine;
using Ruche.Bpf.Programs;

namespace Ruche.Cli.Bpf.Testing;

/// <summary>Counts how often each instruction of the programs ran, and each line with it.</summary>
internal sealed class LineCounts : IRunObserver
{
    private readonly Dictionary<MachineProgram, long[]> _counts = [];

    /// <summary>A program that is to be counted even where none of it runs.</summary>
    public void Add(MachineProgram program) => _counts.TryAdd(program, new long[program.Instructions.Length]);

    /// <inheritdoc/>
    public void Step(MachineProgram program, int slot, ReadOnlySpan<ulong> registers)
    {
        Add(program);
        _counts[program][slot]++;
    }

    /// <summary>How many instructions there are, and how many of them ran.</summary>
    public (int All, int Run) Instructions()
    {
        int all = 0, run = 0;
        foreach (var (program, counts) in _counts)
        {
            for (int slot = 0; slot < counts.Length; slot++)
            {
                all++;
                if (counts[slot] > 0) run++;
                if (program.Instructions[slot].IsWide) slot++;
            }
        }

        return (all, run);
    }

    /// <summary>The lines that have code, in order; a line runs as often as the instruction of it that runs most.</summary>
    public List<(SourceLine Line, long Count)> Lines()
    {
        Dictionary<(string, int), (SourceLine Line, long Count)> lines = [];
        foreach (var (program, counts) in _counts)
        {
            for (int slot = 0; slot < counts.Length; slot++)
            {
                if (program.SourceOf(slot) is { Line: > 0 } line)
                {
                    long before = lines.TryGetValue((line.File, line.Line), out var known) ? known.Count : 0;
                    lines[(line.File, line.Line)] = (line, Math.Max(before, counts[slot]));
                }

                if (program.Instructions[slot].IsWide) slot++;
            }
        }

        return [.. lines.Values.OrderBy(l => l.Line.File, StringComparer.Ordinal).ThenBy(l => l.Line.Line)];
    }
}
