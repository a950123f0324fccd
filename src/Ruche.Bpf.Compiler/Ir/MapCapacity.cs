// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>How many entries a map is declared to have: a constant as soon as it is known which map it is.</summary>
public sealed class MapCapacity(Value map) : Operation(IrType.I32, map)
{
    /// <summary>The map.</summary>
    public Value Map => Operands[0];

    /// <inheritdoc/>
    public override bool HasEffects => false;
}
