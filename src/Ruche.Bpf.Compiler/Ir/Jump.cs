// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Goes on in another block.</summary>
public sealed class Jump(Edge to) : Terminator([to])
{
    /// <summary>Where.</summary>
    public Edge To => Edges[0];
}
