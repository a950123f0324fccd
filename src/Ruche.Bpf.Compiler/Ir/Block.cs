// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Operations that run one after another, entered at the first and left at the last.</summary>
public sealed class Block(string name)
{
    /// <summary>What the text form calls it; unique within the function.</summary>
    public string Name { get; set; } = name;

    /// <summary>What is given by those who jump here.</summary>
    public List<BlockParameter> Parameters { get; } = [];

    /// <summary>The operations; the last, and only the last, is a <see cref="Terminator"/>.</summary>
    public List<Operation> Operations { get; } = [];

    /// <summary>How the block is left.</summary>
    public Terminator Terminator => Operations is [.., Terminator last] ? last : throw new UnreachableException($"block {Name} has no end");

    /// <summary>The operations before the terminator.</summary>
    public IEnumerable<Operation> Body => Operations.Take(Operations.Count - 1);

    /// <summary>Where it stands in the order that was made of its function last.</summary>
    internal int Number { get; set; }

    /// <summary>Adds an operation and returns it.</summary>
    public T Add<T>(T operation)
        where T : Operation
    {
        Operations.Add(operation);
        return operation;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
