// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Selection;

/// <summary>Ways into one block that give it the same constants: one block gives them for all.</summary>
internal sealed class ConstantEdges
{
    private readonly Dictionary<(Block Target, string Constants), int> _ways = [];
    private readonly Dictionary<(Block Target, string Constants), MachineBlock> _blocks = [];

    public ConstantEdges(IReadOnlyList<Block> blocks)
    {
        foreach (var block in blocks)
        {
            foreach (var edge in block.Terminator.Edges)
            {
                if (KeyOf(edge) is { } key) _ways[key] = _ways.GetValueOrDefault(key) + 1;
            }
        }
    }

    /// <summary>Whether there is another way that gives the same.</summary>
    public bool IsShared(Edge edge) => KeyOf(edge) is { } key && _ways[key] > 1;

    /// <summary>The block that gives what an edge gives; null when there is none yet.</summary>
    public MachineBlock? Find(Edge edge) => KeyOf(edge) is { } key ? _blocks.GetValueOrDefault(key) : null;

    /// <summary>Keeps the block of an edge for the others.</summary>
    public void Keep(Edge edge, MachineBlock block)
    {
        if (KeyOf(edge) is { } key) _blocks[key] = block;
    }

    private static (Block Target, string Constants)? KeyOf(Edge edge)
    {
        if (edge.Arguments.Count == 0) return null;
        foreach (var argument in edge.Arguments)
        {
            if (argument is not Constant) return null;
        }

        return (edge.Target, string.Join(',', edge.Arguments.Select(a => ((Constant)a).Number.ToString(CultureInfo.InvariantCulture))));
    }
}
