// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>How a block is left.</summary>
public abstract class Terminator : Operation
{
    private readonly Edge[] _edges;

    private protected Terminator(Edge[] edges, params Value[] operands)
        : base(IrType.None, operands) => _edges = edges;

    /// <summary>Where it may go on, with what each of these blocks is given.</summary>
    public FixedList<Edge> Edges => new(_edges);

    /// <inheritdoc/>
    public override bool HasEffects => true;

    /// <summary>Goes elsewhere.</summary>
    public void Redirect(int edge, Edge to) => _edges[edge] = to;
}
