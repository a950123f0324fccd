// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Goes on in one of two blocks.</summary>
public sealed class Branch(Value condition, Edge then, Edge otherwise) : Terminator([then, otherwise], condition)
{
    /// <summary>What decides.</summary>
    public Value Condition => Operands[0];

    /// <summary>Where it goes when the condition holds.</summary>
    public Edge Then => Edges[0];

    /// <summary>Where it goes when it does not.</summary>
    public Edge Otherwise => Edges[1];
}
