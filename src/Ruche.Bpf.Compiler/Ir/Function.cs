// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>A function: a program when it has a section, otherwise one that others call.</summary>
public sealed class Function(string name, IrType returns)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What it yields.</summary>
    public IrType Returns { get; } = returns;

    /// <summary>The section that says what kind of program it is and where it is attached: <c>xdp</c>, <c>tracepoint/sched/sched_switch</c>.</summary>
    public string? Section { get; init; }

    /// <summary>
    /// Whether the kernel verifies it by itself, once and for all arguments, and not again for each call: that is a global function. It takes and yields
    /// numbers, of which a caller's verifier knows nothing. Programs are so anyway.
    /// </summary>
    public bool IsGlobal { get; init; }

    /// <summary>Whether it is put wherever it is called, however large it is. It does not call itself then.</summary>
    public bool IsInlined { get; init; }

    /// <summary>Whether it watches the others: what it learns is not told to <see cref="Module.AnswerSink"/>.</summary>
    public bool IsObserver { get; init; }

    /// <summary>Its blocks; the first is entered first, and nothing jumps to it.</summary>
    public List<Block> Blocks { get; } = [];

    /// <summary>Where it begins; its parameters are the function's.</summary>
    public Block Entry => Blocks[0];

    /// <summary>The operations of all blocks.</summary>
    public IEnumerable<Operation> Operations => Blocks.SelectMany(b => b.Operations);

    /// <summary>Adds a block at the end.</summary>
    public Block AddBlock(string name)
    {
        Block block = new(name);
        Blocks.Add(block);
        return block;
    }
}
