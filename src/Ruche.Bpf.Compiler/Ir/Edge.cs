// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>A way into a block, with the values of its parameters.</summary>
public sealed class Edge(Block target, params IReadOnlyList<Value> arguments)
{
    private readonly Value[] _arguments = [.. arguments];

    /// <summary>The block.</summary>
    public Block Target { get; } = target;

    /// <summary>The values of its parameters, in order.</summary>
    public FixedList<Value> Arguments => new(_arguments);

    /// <summary>Gives another value to a parameter.</summary>
    public void Replace(int argument, Value value) => _arguments[argument] = value;
}
