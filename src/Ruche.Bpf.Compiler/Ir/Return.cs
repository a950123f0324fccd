// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Leaves the function with a value.</summary>
public sealed class Return(Value value) : Terminator([], value)
{
    /// <summary>What the function yields.</summary>
    public Value Value => Operands[0];
}
